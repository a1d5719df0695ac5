using System.Text;
using System.Text.Json;

namespace Omega.Gpt.Functions.Outside;

/// <summary>What a program wrote, as JSON. Pure.</summary>
internal static class CommandResult
{
    private static readonly UTF8Encoding Text = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>JSON where it is JSON, else the text as a JSON string without line ends at its end; null when it is not UTF-8.</summary>
    public static JsonElement? Read(ReadOnlySpan<byte> output)
    {
        string text;
        try
        {
            text = Text.GetString(output);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }

        return OutsideJson.Parse(text) ?? OutsideJson.String(text.TrimEnd('\r', '\n'));
    }

    /// <summary>A line of standard error: an object where it is one, else a string.</summary>
    public static JsonElement Line(string line) => OutsideJson.Parse(line, '{') ?? OutsideJson.String(line);
}
