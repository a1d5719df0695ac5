using System.Text;
using Omega.Cli.Screen;

namespace Omega.Cli.Tests.Screen;

/// <summary>A terminal whose outputs a test reads.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "Streams over memory have nothing to give back.")]
internal sealed class ScreenTexts
{
    private readonly MemoryStream _output = new();
    private readonly StringWriter _error = new();

    public ScreenTexts(bool isTerminal = false, bool colour = false, int width = 100) => Terminal = new Terminal(_output, _error)
    {
        // Nothing is to be read from the test's own input.
        IsInputTerminal = true,
        IsOutputTerminal = isTerminal,
        IsErrorTerminal = isTerminal,
        OutputColour = colour,
        ErrorColour = colour,
        Width = width,
    };

    public Terminal Terminal { get; }

    public string Output => Encoding.UTF8.GetString(_output.ToArray());

    public string Error => _error.ToString();
}
