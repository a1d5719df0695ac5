using System.Text;

namespace Omega.Cli.Screen;

/// <summary>
/// The two outputs and the input. The answer goes to standard output as it is; everything else goes to standard error. Where both
/// are the same screen, lines of one do not run into lines of the other. Thread-safe: a signal may have something to say at any time.
/// </summary>
internal sealed class Terminal
{
    private const int UnknownWidth = 100;

    private readonly Lock _gate = new();
    private readonly Stream _output;
    private readonly TextWriter _error;
    private readonly Encoder _encoder = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetEncoder();
    private readonly WordWrap _wrap = new();
    private byte[] _bytes = new byte[4096];
    private bool _answerOpen;
    private bool _asideOpen;
    private bool _liveOpen;

    public Terminal(Stream output, TextWriter error) => (_output, _error) = (output, error);

    public bool IsInputTerminal { get; init; }

    public bool IsOutputTerminal { get; init; }

    public bool IsErrorTerminal { get; init; }

    /// <summary>Whether standard error may be coloured.</summary>
    public bool ErrorColour { get; init; }

    /// <summary>Whether standard output may be coloured.</summary>
    public bool OutputColour { get; init; }

    /// <summary>Whether a line on standard error may be drawn over.</summary>
    public bool CanRedraw { get; init; }

    /// <summary>Whether what a person types can be drawn as it is typed.</summary>
    public bool CanBeEdited => IsInputTerminal && CanRedraw;

    /// <summary>Columns of the terminal as of now; 100 where there is none.</summary>
    public int Width { get => Measure?.Invoke() ?? field; init; } = UnknownWidth;

    /// <summary>Measures a terminal that people make wider and narrower; null where <see cref="Width"/> stays.</summary>
    public Func<int>? Measure { get; init; }

    /// <summary>The process's own.</summary>
    /// <param name="environment">Where NO_COLOR and TERM are looked up.</param>
    public static Terminal OfProcess(Func<string, string?> environment)
    {
        var dumb = environment("TERM") is "dumb";
        var colour = environment("NO_COLOR") is null or "" && !dumb;
        var (output, error) = (!Console.IsOutputRedirected, !Console.IsErrorRedirected);
        return new Terminal(new StandardOutput(), Console.Error)
        {
            IsInputTerminal = !Console.IsInputRedirected,
            IsOutputTerminal = output,
            IsErrorTerminal = error,
            OutputColour = output && colour,
            ErrorColour = error && colour,
            CanRedraw = error && !dumb,
            Measure = output || error ? WindowWidth : null,
        };
    }

    /// <summary>A piece of the answer, at once. Into a pipe or file it goes byte for byte; on a terminal without control characters.</summary>
    public void Answer(string text)
    {
        lock (_gate)
        {
            if (text.Length == 0)
                return;
            EndLive();
            if (_asideOpen && IsOutputTerminal)
                EndAside();
            if (IsOutputTerminal)
                text = PlainText.Clean(text);
            if (IsOutputTerminal && CanRedraw)
                text = _wrap.Take(text, Width);
            WriteOutput(text);
            if (text.Length > 0)
                _answerOpen = text[^1] != '\n';
        }
    }

    /// <summary>Ends the answer: on a terminal the line is ended; elsewhere nothing is added.</summary>
    public void EndAnswer()
    {
        lock (_gate)
        {
            EndLive();
            FlushHalfCharacter();
            _wrap.Reset();
            if (_answerOpen && IsOutputTerminal)
                WriteOutput("\n");
            _answerOpen = false;
        }
    }

    /// <summary>A line on standard output, for lists and tables.</summary>
    public void OutputLine(string text)
    {
        lock (_gate)
        {
            EndLive();
            WriteOutput(text + "\n");
        }
    }

    /// <summary>Text on standard output, as it is.</summary>
    public void OutputText(string text)
    {
        lock (_gate)
        {
            WriteOutput(text);
        }
    }

    /// <summary>Bytes on standard output in one write.</summary>
    public void Output(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            EndLive();
            _output.Write(bytes);
        }
    }

    /// <summary>A piece of running text on standard error: reasoning, arguments as they are written.</summary>
    public void Aside(string text, Tone tone)
    {
        lock (_gate)
        {
            text = PlainText.Clean(text);
            if (text.Length == 0)
                return;
            BreakAnswer();
            _error.Write(Tones.Paint(text, tone, ErrorColour));
            _asideOpen = text[^1] != '\n';
        }
    }

    /// <summary>A whole line on standard error.</summary>
    public void Line(string text = "", Tone tone = Tone.Plain)
    {
        lock (_gate)
        {
            BreakAnswer();
            EndAside();
            _error.WriteLine(Tones.Paint(Fitted(PlainText.Clean(text)), tone, ErrorColour));
        }
    }

    /// <summary>A line on standard error that begins with a coloured word: <c>error: …</c>.</summary>
    public void Marked(string mark, string text, Tone tone)
    {
        lock (_gate)
        {
            BreakAnswer();
            EndAside();
            _error.WriteLine(Tones.Paint(mark + ":", tone, ErrorColour) + Fitted($"{mark}: {PlainText.Clean(text)}")[(mark.Length + 1)..]);
        }
    }

    /// <summary>
    /// What happens now, on a line of standard error that is drawn over and goes away when anything else is written. Nothing where lines
    /// cannot be drawn over. An empty text takes it away.
    /// </summary>
    public void Live(string text, Tone tone)
    {
        lock (_gate)
        {
            if (!CanRedraw)
                return;
            if (text.Length == 0)
            {
                EndLive();
                return;
            }

            if (!_liveOpen)
            {
                BreakAnswer();
                EndAside();
            }

            // The last column stays free: a full line would wrap, and could not be drawn over.
            _error.Write($"\r{Tones.Paint(PlainText.Line(text, Width - 1), tone, ErrorColour)}\e[K");
            _liveOpen = true;
        }
    }

    /// <summary>An invitation to type; the cursor stays behind it.</summary>
    public void Prompt(string text)
    {
        lock (_gate)
        {
            BreakAnswer();
            EndAside();
            _error.Write(Tones.Paint(text, Tone.Accent, ErrorColour));
        }
    }

    /// <summary>What moves the cursor and draws on the screen, on standard error as it is.</summary>
    public void Draw(string sequences)
    {
        lock (_gate)
        {
            BreakAnswer();
            EndAside();
            _error.Write(sequences);
        }
    }

    /// <summary>Says why a stop takes a moment: what has side effects is not torn off in the middle.</summary>
    /// <param name="running">What runs; null where nothing does, and nothing is said.</param>
    public void Stopping(string? running)
    {
        if (running is not null)
            Line($"Stopping; {running} still runs and is given its time. Ctrl-C again ends it at once.", Tone.Dim);
    }

    /// <summary>An empty line between paragraphs, where both outputs are one screen; nothing elsewhere.</summary>
    public void Space()
    {
        if (IsOutputTerminal && IsErrorTerminal)
            Line();
    }

    public void EndAside()
    {
        lock (_gate)
        {
            if (!_asideOpen)
                return;
            _error.WriteLine();
            _asideOpen = false;
        }
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

    // A line that is written in one go; into a pipe it goes whole.
    private string Fitted(string line) => CanRedraw ? WordWrap.Whole(line, Width) : line;

    /// <summary>Takes away the live line; otherwise leaves the line of an unfinished answer, where standard error shows on the same screen.</summary>
    private void BreakAnswer()
    {
        EndLive();
        if (!_answerOpen || !IsOutputTerminal || !IsErrorTerminal)
            return;
        WriteOutput("\n");
        _wrap.Reset();
        _answerOpen = false;
    }

    private void EndLive()
    {
        if (!_liveOpen)
            return;
        _error.Write("\r\e[K");
        _liveOpen = false;
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
