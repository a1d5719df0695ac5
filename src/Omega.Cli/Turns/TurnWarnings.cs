using Omega.Cli.Commands;
using Omega.Cli.Configuration;
using Omega.Cli.Screen;

namespace Omega.Cli.Turns;

/// <summary>What a person should know before a request goes out.</summary>
internal static class TurnWarnings
{
    public static void Tell(CliHost host, TurnChoices choices)
    {
        if (choices.ApiKey is not null)
            host.Terminal.Marked("warning", "--api-key can be read by others on this machine and stays in the shell's history. The environment or .env is safer.", Tone.Warning);
        foreach (var note in host.Settings.Notes)
            host.Terminal.Marked("note", note, Tone.Warning);
        // A .env that came with somebody's folder must not send a key of one's own elsewhere unseen.
        foreach (var (url, key) in RedirectedKeys)
        {
            if (host.Settings.Find(url) is { Source: SettingSource.DotEnv } redirected && host.Settings.Find(key) is { Source: SettingSource.Environment })
                host.Terminal.Marked("warning", $"{redirected.Origin} sends {key} to {Host(redirected.Value)}.", Tone.Warning);
        }
    }

    private static IReadOnlyList<(string Url, string Key)> RedirectedKeys { get; } =
    [
        ("OPENAI_BASE_URL", "OPENAI_API_KEY"),
        ("ANTHROPIC_BASE_URL", "ANTHROPIC_API_KEY"),
        ("OMEGA_BASE_URL", "OMEGA_API_KEY"),
    ];

    private static string Host(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri.Authority : "another server";
}
