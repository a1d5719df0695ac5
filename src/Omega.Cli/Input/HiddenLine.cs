using System.Text;

namespace Omega.Cli.Input;

/// <summary>A line that a person types and that is not shown.</summary>
internal static class HiddenLine
{
    /// <summary>Reads up to Enter.</summary>
    /// <returns>Null where the person gave up with Escape or Ctrl-D.</returns>
    public static string? Read()
    {
        var line = new StringBuilder();
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            switch (key)
            {
                case { Key: ConsoleKey.Enter }:
                    return line.ToString();
                case { Key: ConsoleKey.Escape } or { Key: ConsoleKey.D, Modifiers: ConsoleModifiers.Control }:
                    return null;
                case { Key: ConsoleKey.Backspace } when line.Length > 0:
                    line.Length--;
                    break;
                case { KeyChar: >= ' ' and not '\x7f' }:
                    line.Append(key.KeyChar);
                    break;
            }
        }
    }
}
