using System.Text;

namespace Omega.Cli.Screen;

/// <summary>
/// The two outputs and the input. The answer goes to standard output as it is; everything else goes to standard error. Where both
/// are the same screen, lines of one do not run into lines of the other. Not thread-safe.
/// </summary>
internal sealed class Terminal
{
    private const int UnknownWidth = 100;

    private readonly Stream _output;
    private readonly TextWriter _error;
    private readonly Encoder _encoder = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetEncoder();
    private byte[] _bytes = new byte[4096];
    private bool _answerOpen;
    private bool _asideOpen;
    private int _statusColumns;

    public Terminal(Stream output, TextWriter error) => (_output, _error) = (output, error);

    public bool IsInputTerminal { get; init; }

    public bool IsOutputTerminal { get; init; }

    public bool IsErrorTerminal { get; init; }

    /// <summary>Whether standard error may be coloured.</summary>
    public bool ErrorColour { get; init; }

    /// <summary>Whether standard output may be coloured.</summary>
    public bool OutputColour { get; init; }

    /// <summary>Columns of the terminal; 100 where there is none.</summary>
    public int Width { get; init; } = UnknownWidth;

    /// <summary>The process's own.</summary>
    /// <param name="environment">Where NO_COLOR and TERM are looked up.</param>
    public static Terminal OfProcess(Func<string, string?> environment)
    {
        var colour = environment("NO_COLOR") is null or "" && environment("TERM") is not "dumb";
        var (output, error) = (!Console.IsOutputRedirected, !Console.IsErrorRedirected);
        return new Terminal(new StandardOutput(), Console.Error)
        {
            IsInputTerminal = !Console.IsInputRedirected,
            IsOutputTerminal = output,
            IsErrorTerminal = error,
            OutputColour = output && colour,
            ErrorColour = error && colour,
            Width = output || error ? WindowWidth() : UnknownWidth,
        };
    }

    /// <summary>A piece of the answer, at once. Into a pipe or file it goes byte for byte; on a terminal without control characters.</summary>
    public void Answer(string text)
    {
        if (text.Length == 0)
            return;
        if (_asideOpen && IsOutputTerminal)
            EndAside();
        if (IsOutputTerminal)
            text = PlainText.Clean(text);
        WriteOutput(text);
        if (text.Length > 0)
            _answerOpen = text[^1] != '\n';
    }

    /// <summary>Ends the answer: on a terminal the line is ended; elsewhere nothing is added.</summary>
    public void EndAnswer()
    {
        FlushHalfCharacter();
        if (_answerOpen && IsOutputTerminal)
            WriteOutput("\n");
        _answerOpen = false;
    }

    /// <summary>A line on standard output, for lists and tables.</summary>
    public void OutputLine(string text) => WriteOutput(text + "\n");

    /// <summary>Text on standard output, as it is.</summary>
    public void OutputText(string text) => WriteOutput(text);

    /// <summary>Bytes on standard output in one write.</summary>
    public void Output(ReadOnlySpan<byte> bytes) => _output.Write(bytes);

    /// <summary>A piece of running text on standard error: reasoning, arguments as they are written.</summary>
    public void Aside(string text, Tone tone)
    {
        text = PlainText.Clean(text);
        if (text.Length == 0)
            return;
        BreakAnswer();
        _error.Write(Tones.Paint(text, tone, ErrorColour));
        _asideOpen = text[^1] != '\n';
    }

    /// <summary>A whole line on standard error.</summary>
    public void Line(string text = "", Tone tone = Tone.Plain)
    {
        BreakAnswer();
        EndAside();
        _error.WriteLine(Tones.Paint(PlainText.Clean(text), tone, ErrorColour));
    }

    /// <summary>A line on standard error that begins with a coloured word: <c>error: …</c>.</summary>
    public void Marked(string mark, string text, Tone tone)
    {
        BreakAnswer();
        EndAside();
        _error.WriteLine($"{Tones.Paint(mark + ":", tone, ErrorColour)} {PlainText.Clean(text)}");
    }

    /// <summary>An invitation to type; the cursor stays behind it.</summary>
    public void Prompt(string text)
    {
        BreakAnswer();
        EndAside();
        _error.Write(Tones.Paint(text, Tone.Accent, ErrorColour));
    }

    /// <summary>A line on standard error that the next one takes the place of, on a terminal alone; empty to take it away.</summary>
    public void Status(string text)
    {
        if (!IsErrorTerminal || (text.Length == 0 && _statusColumns == 0))
            return;
        BreakAnswer();
        EndAside();
        var line = PlainText.Line(text, Width - 1);
        var columns = PlainText.Columns(line);
        // Spaces instead of an escape sequence: every terminal knows those.
        _error.Write($"\r{Tones.Paint(line, Tone.Dim, ErrorColour)}{new string(' ', Math.Max(0, _statusColumns - columns))}{(columns == 0 ? "\r" : "")}");
        _statusColumns = columns;
    }

    /// <summary>An empty line between paragraphs, where both outputs are one screen; nothing elsewhere.</summary>
    public void Space()
    {
        if (IsOutputTerminal && IsErrorTerminal)
            Line();
    }

    public void EndAside()
    {
        if (!_asideOpen)
            return;
        _error.WriteLine();
        _asideOpen = false;
    }

    private static int WindowWidth()
    {
        try
        {
            // Some terminals say 0.
            return Console.WindowWidth is > 20 and var width ? width : UnknownWidth;
        }
        catch (Exception exception) when (exception is IOException or PlatformNotSupportedException)
        {
            return UnknownWidth;
        }
    }

    /// <summary>Leaves the line of an unfinished answer, where standard error shows on the same screen.</summary>
    private void BreakAnswer()
    {
        if (!_answerOpen || !IsOutputTerminal || !IsErrorTerminal)
            return;
        WriteOutput("\n");
        _answerOpen = false;
    }

    private void WriteOutput(string text)
    {
        var room = Encoding.UTF8.GetMaxByteCount(text.Length) + 4;
        if (_bytes.Length < room)
            _bytes = new byte[room];
        // A stateful encoder: the two halves of a character may come in two pieces.
        var count = _encoder.GetBytes(text, _bytes, flush: false);
        if (count > 0)
            _output.Write(_bytes.AsSpan(0, count));
    }

    private void FlushHalfCharacter()
    {
        var count = _encoder.GetBytes([], _bytes, flush: true);
        if (count > 0)
            _output.Write(_bytes.AsSpan(0, count));
    }
}
