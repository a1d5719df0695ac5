using System.Text;
using Omega.Cli.Screen;

namespace Omega.Cli.Tests.Screen;

/// <summary>A terminal whose outputs a test reads.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "Streams over memory have nothing to give back.")]
internal sealed class ScreenTexts
{
    private readonly MemoryStream _output = new();
    private readonly StringWriter _error = new();

    public ScreenTexts(bool isTerminal = false, bool colour = false, int width = 100, bool redraws = false, bool input = true) => Terminal = new Terminal(_output, _error)
    {
        // Where it is none, the test gives the lines; nothing is to be read from its own input.
        IsInputTerminal = input,
        IsOutputTerminal = isTerminal,
        IsErrorTerminal = isTerminal,
        OutputColour = colour,
        ErrorColour = colour,
        CanRedraw = redraws,
        Width = width,
    };

    public Terminal Terminal { get; }

    public string Output => Encoding.UTF8.GetString(_output.ToArray());

    public string Error => _error.ToString();

    /// <summary>The lines that standard error shows on a terminal that knows carriage returns and <c>ESC[K</c>, without colours.</summary>
    public IReadOnlyList<string> ErrorScreen
    {
        get
        {
            List<StringBuilder> lines = [new()];
            var column = 0;
            for (var (text, i) = (Error.Replace("\r\n", "\n", StringComparison.Ordinal), 0); i < text.Length; i++)
            {
                var line = lines[^1];
                switch (text[i])
                {
                    case '\n':
                        lines.Add(new StringBuilder());
                        column = 0;
                        break;
                    case '\r':
                        column = 0;
                        break;
                    case '\e':
                        var end = text.AsSpan(i).IndexOfAny('m', 'K') + i;
                        if (text[end] == 'K')
                            line.Length = column;
                        i = end;
                        break;
                    default:
                        if (column < line.Length)
                            line[column] = text[i];
                        else
                            line.Append(text[i]);
                        column++;
                        break;
                }
            }

            return [.. lines.Select(line => line.ToString())];
        }
    }
}
