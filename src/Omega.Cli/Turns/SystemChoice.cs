using Omega.Cli.Configuration;
using Omega.Desk;
using Omega.Gpt;

namespace Omega.Cli.Turns;

/// <summary>The instructions that go before everything: a prompt of the desk, a person's own text, or none.</summary>
/// <param name="Name">For people.</param>
/// <param name="Text">What the model is told; null for nothing.</param>
/// <param name="Note">What is kept with each turn, so that it is known later which version was told; null for nothing.</param>
internal sealed record SystemChoice(string Name, string? Text, AnnotationEvent? Note)
{
    private const string Folder = "prompts";

    private static readonly string[] Names = ["analyst", "risk-officer"];

    public static SystemChoice None { get; } = new("none", null, null);

    /// <summary>What goes before everything where nothing else is chosen later.</summary>
    /// <param name="own">The person's text; null where there is none, empty for no instructions.</param>
    /// <param name="hasMarket">Whether there is a market to be an analyst of.</param>
    /// <param name="folders">Where the person's own prompts are.</param>
    /// <exception cref="CliException">The person's file cannot be read.</exception>
    public static SystemChoice Of(string? own, bool hasMarket, AppFolders folders) =>
        own is { Length: > 0 } ? Own(own) : own is null && hasMarket ? Named("analyst", folders) : None;

    public static bool IsName(string text) => Names.Contains(text);

    /// <summary>A prompt of the desk, or the person's file of its name.</summary>
    /// <exception cref="CliException">The file cannot be read.</exception>
    public static SystemChoice Named(string name, AppFolders folders)
    {
        try
        {
            var prompt = DeskPrompt.Load(name, Path.Combine(folders.Config, Folder));
            return new SystemChoice($"{prompt.Name}, version {prompt.Version}, {prompt.Sha256[..12]}", prompt.Text, prompt.ToAnnotation());
        }
        catch (DeskException exception)
        {
            throw CliException.Usage(exception.Message);
        }
    }

    public static SystemChoice Own(string text)
    {
        var prompt = new DeskPrompt("own", "own", text);
        return new SystemChoice($"your own, {prompt.Sha256[..12]}", text, prompt.ToAnnotation());
    }
}
