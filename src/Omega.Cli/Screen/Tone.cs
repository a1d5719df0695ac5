namespace Omega.Cli.Screen;

/// <summary>How a text stands out on a terminal; without colour all are the same.</summary>
internal enum Tone
{
    Plain,
    Dim,
    Strong,
    Accent,
    Warning,
    Error,
}

internal static class Tones
{
    public static string Paint(string text, Tone tone, bool colour) => colour && tone != Tone.Plain ? $"{Start(tone)}{text}\e[0m" : text;

    private static string Start(Tone tone) => tone switch
    {
        Tone.Dim => "\e[2m",
        Tone.Strong => "\e[1m",
        Tone.Accent => "\e[36m",
        Tone.Warning => "\e[33m",
        Tone.Error => "\e[31m",
        _ => "",
    };
}
