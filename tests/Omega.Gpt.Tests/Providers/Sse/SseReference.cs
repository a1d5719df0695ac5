using System.Text;

namespace Omega.Gpt.Tests.Providers.Sse;

/// <summary>
/// The WHATWG algorithm ("Interpreting an event stream") over a whole stream, sentence by sentence, without a thought for speed.
/// </summary>
internal static class SseReference
{
    public static List<ReadEvent> Read(byte[] stream)
    {
        var text = Encoding.Latin1.GetString(stream);
        text = text.StartsWith("\u00EF\u00BB\u00BF", StringComparison.Ordinal) ? text[3..] : text;
        // A line ends at CR LF, LF or CR; what follows the last line end is an unfinished line, which is never interpreted.
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n')[..^1];
        var (events, data, name, id) = (new List<ReadEvent>(), "", "", "");
        foreach (var line in lines)
        {
            if (line.Length == 0)
            {
                if (data.Length > 0)
                {
                    events.Add(new ReadEvent(name, data[..^1], id));
                }

                (data, name) = ("", "");
                continue;
            }

            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var field = colon < 0 ? line : line[..colon];
            var value = colon < 0 ? "" : line[(colon + 1)..];
            value = value.StartsWith(' ') ? value[1..] : value;
            switch (field)
            {
                case "data":
                    data += value + "\n";
                    break;
                case "event":
                    name = value;
                    break;
                case "id" when !value.Contains('\0', StringComparison.Ordinal):
                    id = value;
                    break;
            }
        }

        return events;
    }
}
