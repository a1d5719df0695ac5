using System.CommandLine;
using Omega.Gpt;

namespace Omega.Cli.Commands.Sessions;

/// <summary><c>omega sessions</c>: what was said before. Without a subcommand it lists.</summary>
internal sealed class SessionsCommand : Command, IExamples
{
    public SessionsCommand(CliHost host)
        : base("sessions", "List, show, rename, delete and export sessions.")
    {
        var list = new ListSessionsCommand(host);
        Subcommands.Add(list);
        Subcommands.Add(new ShowSessionCommand(host));
        Subcommands.Add(new RenameSessionCommand(host));
        Subcommands.Add(new DeleteSessionsCommand(host));
        Subcommands.Add(new ExportSessionCommand(host));
        SetAction((_, cancellationToken) => list.RunAsync(json: false, cancellationToken));
    }

    public IReadOnlyList<string> Examples =>
    [
        "omega sessions",
        "omega sessions show trip",
        "omega sessions rename trip \"Lisbon in May\"",
        "omega sessions export trip --format md > trip.md",
        "omega sessions delete trip --yes",
    ];

    internal static Argument<string> NameArgument() => new("name") { Description = "The session's name; omega sessions lists them" };

    /// <exception cref="CliException">There is no such session.</exception>
    /// <exception cref="ConversationException">Its file is damaged.</exception>
    internal static async Task<Conversation> LoadAsync(CliHost host, string name, CancellationToken cancellationToken) =>
        await host.Store.LoadAsync(name, cancellationToken).ConfigureAwait(false) ?? throw Missing(name);

    internal static CliException Missing(string name) => CliException.Failed($"There is no session \"{name}\". See them with: omega sessions");
}
