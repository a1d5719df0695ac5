using System.CommandLine;
using Omega.Gpt.Providers;
using Omega.Gpt.Resilience;

namespace Omega.Cli.Commands.Keys;

/// <summary><c>omega keys</c>: the keys of providers. Without a subcommand it lists.</summary>
internal sealed class KeysCommand : Command, IExamples
{
    public KeysCommand(CliHost host)
        : base("keys", "List, add, rotate, disable, remove and test keys of providers.")
    {
        var list = new ListKeysCommand(host);
        Subcommands.Add(list);
        Subcommands.Add(new AddKeyCommand(host));
        Subcommands.Add(new RotateKeyCommand(host));
        Subcommands.Add(new UseKeyCommand(host, isDisabled: true));
        Subcommands.Add(new UseKeyCommand(host, isDisabled: false));
        Subcommands.Add(new RemoveKeyCommand(host));
        Subcommands.Add(new TestKeysCommand(host));
        SetAction(_ => list.Run(json: false));
    }

    public IReadOnlyList<string> Examples =>
    [
        "omega keys",
        "omega keys add openai < key.txt",
        "printf %s \"$KEY\" | omega keys add openai --id spare --weight 2",
        "omega keys rotate openai-1 < new-key.txt",
        "omega keys disable spare",
        "omega keys test",
    ];

    internal static Argument<string> IdArgument() => new("id") { Description = "The key's id; omega keys lists them" };

    /// <summary>The providers with all their keys.</summary>
    internal static ProviderRegistry Providers(CliHost host) => ProviderRegistry.Create(host.Settings.Get, host.Time, host.Catalog, host.Keys);

    /// <summary>The key of the store under an id.</summary>
    /// <exception cref="CliException">There is none; the id is not repeated, for it may be a key.</exception>
    /// <exception cref="KeyStoreException">The store is damaged.</exception>
    internal static StoredKey Known(CliHost host, string id)
    {
        if (host.Keys.List().FirstOrDefault(key => key.Id == id) is { } known)
            return known;
        if (Providers(host).DescribeKeys().Any(key => key.Id == id))
            throw CliException.Usage($"{id} is a variable: change it where it is set. This command changes keys of the store alone.");
        var ids = host.Keys.List().Select(key => key.Id).ToList();
        throw CliException.Usage($"The store has no key of that id. {(ids.Count == 0 ? "It is empty." : $"There are: {string.Join(", ", ids)}.")}");
    }
}
