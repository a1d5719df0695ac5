using System.Text;

namespace Omega.Cli.Editing;

/// <summary>Draws layouts over one another, in one write each. Pure but for remembering where the cursor was left.</summary>
internal sealed class EditScreen
{
    private int _row;
    private int _rows = 1;

    /// <summary>What to write so that the screen shows a layout, and the cursor stands where it belongs.</summary>
    /// <param name="prompt">The prompt, painted.</param>
    /// <param name="layout">What to show.</param>
    public string Draw(string prompt, EditLayout layout)
    {
        var text = new StringBuilder("\e[?25l").Append(ToTop());
        for (var i = 0; i < layout.Rows.Count; i++)
        {
            if (i > 0)
                text.Append("\r\n");
            else if (layout.IsFromTop)
                text.Append(prompt);
            text.Append(layout.Rows[i]).Append("\e[K");
        }

        text.Append("\e[J");
        (_row, _rows) = (layout.Row, layout.Rows.Count);
        if (_rows - 1 - _row is > 0 and var up)
            text.Append(Move(up, 'A'));
        text.Append('\r');
        if (layout.Column > 0)
            text.Append(Move(layout.Column, 'C'));
        return text.Append("\e[?25h").ToString();
    }

    /// <summary>What to write so that the cursor stands at the beginning of the row below; what was drawn stays.</summary>
    public string Leave()
    {
        var down = _rows - 1 - _row;
        (_row, _rows) = (0, 1);
        return (down > 0 ? Move(down, 'B') : "") + "\r\n";
    }

    /// <summary>What to write so that the screen is empty.</summary>
    public string Clear()
    {
        (_row, _rows) = (0, 1);
        return "\e[H\e[2J";
    }

    private string ToTop() => (_row > 0 ? Move(_row, 'A') : "") + "\r";

    private static string Move(int count, char direction) => FormattableString.Invariant($"\e[{count}{direction}");
}
