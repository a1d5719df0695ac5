using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Omega.TestKit;

/// <summary>
/// A well-formed stream of one wire under construction: events as server-sent events, one step each, with waits between
/// them where a test wants some. <see cref="Reply.Stream(WireStream)"/> sends it.
/// </summary>
public abstract class WireStream
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions Ascii = new() { Encoder = JavaScriptEncoder.Default };

    private readonly List<ReplyStep> _steps = [];

    private protected WireStream(Wire wire) => Wire = wire;

    public Wire Wire { get; }

    /// <summary>Events and waits, in order.</summary>
    public IReadOnlyList<ReplyStep> Steps => _steps;

    /// <summary>The bytes of each event (or comment), in order.</summary>
    public IReadOnlyList<byte[]> Chunks => [.. _steps.OfType<SendStep>().Select(step => step.Bytes.ToArray())];

    /// <summary>The whole stream.</summary>
    public byte[] Bytes => [.. _steps.OfType<SendStep>().SelectMany(step => step.Bytes.ToArray())];

    /// <summary>
    /// How many bytes must have arrived for the event that decides the stream (the wire's terminal event, a failure or an
    /// in-band error) to have arrived with its closing blank line; null while there is none. A cut before is an
    /// interruption, a cut at or after it is not.
    /// </summary>
    public int? TerminalLength { get; private set; }

    private protected string NewLine { get; set; } = "\n";

    private protected bool AsciiOnly { get; set; }

    private protected void AddStep(ReplyStep step) => _steps.Add(step);

    private protected void AddText(string text) => AddStep(new SendStep(Encoding.UTF8.GetBytes(text)));

    private protected void AddEvent(string? name, string data)
    {
        var text = new StringBuilder();
        if (name is not null)
        {
            text.Append("event: ").Append(name).Append(NewLine);
        }

        foreach (var line in data.Split('\n'))
        {
            text.Append("data: ").Append(line).Append(NewLine);
        }

        AddText(text.Append(NewLine).ToString());
    }

    private protected void AddEvent(string? name, JsonNode data) => AddEvent(name, Write(data));

    private protected void MarkTerminal() =>
        TerminalLength ??= _steps.OfType<SendStep>().Sum(step => step.Bytes.Length);

    private protected string Write(JsonNode? node)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, AsciiOnly ? Ascii : Plain))
        {
            if (node is null)
            {
                writer.WriteNullValue();
            }
            else
            {
                node.WriteTo(writer);
            }
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}

/// <summary>What the builders of all wires share.</summary>
/// <typeparam name="TSelf">The builder itself, so that calls chain.</typeparam>
public abstract class WireStream<TSelf> : WireStream
    where TSelf : WireStream<TSelf>
{
    private protected WireStream(Wire wire)
        : base(wire)
    {
    }

    private TSelf Self => (TSelf)this;

    /// <summary>The server stops here until the gate is opened.</summary>
    public TSelf Wait(Gate gate) => Step(new GateStep(gate));

    /// <summary>The server waits here, on its clock.</summary>
    public TSelf Delay(TimeSpan time) => Step(new DelayStep(time));

    /// <summary>Any other step: garbage, an early end.</summary>
    public TSelf Step(ReplyStep step)
    {
        AddStep(step);
        return Self;
    }

    /// <summary>A comment line, as proxies send them to keep a connection open.</summary>
    public TSelf Comment(string text)
    {
        AddText($": {text}{NewLine}{NewLine}");
        return Self;
    }

    /// <summary>An event with this data, well-formed or not; <paramref name="name"/> is its <c>event:</c> field.</summary>
    public TSelf Event(string data, string? name = null)
    {
        AddEvent(name, data);
        return Self;
    }

    /// <summary>Text as it is: fields in other orders, half an event, no blank line.</summary>
    public TSelf Raw(ReadOnlyMemory<byte> raw) => Step(new SendStep(raw));

    /// <summary>Lines end with this from here on: <c>\n</c> (default), <c>\r\n</c> or <c>\r</c>.</summary>
    public TSelf LinesEndWith(string newLine)
    {
        NewLine = newLine;
        return Self;
    }

    /// <summary>From here on all characters beyond ASCII are written as <c>\u</c> escapes, as some servers do.</summary>
    public TSelf Escaped()
    {
        AsciiOnly = true;
        return Self;
    }
}
