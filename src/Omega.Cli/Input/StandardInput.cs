using System.Text;
using Omega.Cli.Screen;

namespace Omega.Cli.Input;

/// <summary>Reads piped standard input to its end, as text.</summary>
internal static class StandardInput
{
    public const int MaxBytes = 16 * 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>The text without line ends at its end; empty when there is none or when it is a terminal.</summary>
    /// <param name="terminal">Told when the input is slow: a pipe that nobody closes would look like a hanging program.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="CliException">It is not UTF-8 text, or too long.</exception>
    public static async Task<string> ReadAsync(Terminal terminal, TimeProvider time)
    {
        if (terminal.IsInputTerminal)
            return "";
        await using var input = Console.OpenStandardInput();
        // A console's stream reads on the calling thread; the wait needs a thread of its own.
        var reading = Task.Run(() => Read(input));
        try
        {
            return await reading.WaitAsync(Patience, time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            terminal.Line("Reading standard input until it ends (leave it out with < /dev/null) …", Tone.Dim);
            return await reading.ConfigureAwait(false);
        }
    }

    private static string Read(Stream input)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (input.Read(buffer) is > 0 and var count)
        {
            bytes.Write(buffer, 0, count);
            if (bytes.Length > MaxBytes)
                throw CliException.Usage($"Standard input is longer than {MaxBytes / (1024 * 1024)} MB.");
        }

        return Decode(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    internal static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("\uFEFF"u8))
            bytes = bytes[3..];
        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
            return text.Contains('\0', StringComparison.Ordinal) ? throw NotText() : text.TrimEnd('\r', '\n');
        }
        catch (DecoderFallbackException)
        {
            throw NotText();
        }
    }

    private static CliException NotText() => CliException.Usage("Standard input is not UTF-8 text. An image is given with --image FILE.");
}
