using System.Collections.Immutable;
using System.Text;

namespace Omega.TestKit;

/// <summary>
/// An answer: status, headers, and a body as a list of steps. Immutable: each method returns a changed copy, so one
/// reply can answer many requests.
/// </summary>
public sealed partial record Reply
{
    private Reply()
    {
    }

    public int Status { get; private init; } = 200;

    public ImmutableArray<KeyValuePair<string, string>> Headers { get; private init; } = [];

    public Framing Framing { get; private init; } = Framing.Chunked;

    /// <summary>Steps taken before the status line is written.</summary>
    public ImmutableArray<ReplyStep> BeforeHead { get; private init; } = [];

    /// <summary>Steps of the body.</summary>
    public ImmutableArray<ReplyStep> Steps { get; private init; } = [];

    /// <summary>What the request must hold; the first one unmet is answered with 400 instead of this reply.</summary>
    public ImmutableArray<Demand> Demands { get; private init; } = [];

    /// <summary>The number of body bytes after which the body is cut, and how; null: not cut.</summary>
    public (long Bytes, BodyEnd How)? Cut { get; private init; }

    /// <summary>The Content-Length that is announced where it is not the true one.</summary>
    public long? AnnouncedLength { get; private init; }

    /// <summary>Bytes of all send steps, before any cut.</summary>
    public long BodyLength => Steps.OfType<SendStep>().Sum(step => (long)step.Bytes.Length);

    public Reply WithStatus(int status) => this with { Status = status };

    /// <summary>Sets the header, in place of one of the same name.</summary>
    public Reply WithHeader(string name, string value) => this with
    {
        Headers = Headers.RemoveAll(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Add(new(name, value)),
    };

    public Reply WithContentType(string contentType) => WithHeader("content-type", contentType);

    public Reply WithFraming(Framing framing) => this with { Framing = framing };

    /// <summary>Announces this Content-Length, true or not.</summary>
    public Reply WithAnnouncedLength(long bytes) => this with { Framing = Framing.ContentLength, AnnouncedLength = bytes };

    /// <summary>Answers 400, saying what is missing, unless the demand is met.</summary>
    public Reply Demanding(Demand demand) => this with { Demands = Demands.Add(demand) };

    public Reply Send(ReadOnlyMemory<byte> bytes) => Then(new SendStep(bytes));

    public Reply Send(string text) => Send(Encoding.UTF8.GetBytes(text));

    /// <summary>Bytes on the socket outside the framing: in a chunked body they stand where a chunk size should.</summary>
    public Reply Garbage(ReadOnlyMemory<byte> bytes) => Then(new GarbageStep(bytes));

    public Reply Garbage(string text) => Garbage(Encoding.Latin1.GetBytes(text));

    /// <summary>Waits on the server's clock.</summary>
    public Reply Delay(TimeSpan time) => Then(new DelayStep(time));

    public Reply Wait(Gate gate) => Then(new GateStep(gate));

    /// <summary>Silence on an open connection, until the client leaves or the server is disposed.</summary>
    public Reply Stall() => End(BodyEnd.Stall);

    public Reply End(BodyEnd how) => Then(new EndStep(how));

    /// <summary>The head is written only after this time on the server's clock.</summary>
    public Reply HeadAfter(TimeSpan time) => this with { BeforeHead = BeforeHead.Add(new DelayStep(time)) };

    /// <summary>The head is written only when the gate is open.</summary>
    public Reply HeadAfter(Gate gate) => this with { BeforeHead = BeforeHead.Add(new GateStep(gate)) };

    /// <summary>
    /// Delivers exactly the first <paramref name="bytes"/> of the body, then ends as told. Within a step and with an
    /// end that is not clean, the chunk is announced whole and cut in its middle.
    /// </summary>
    public Reply CutAt(long bytes, BodyEnd how)
    {
        if (bytes < 0 || bytes > BodyLength)
        {
            throw new ArgumentOutOfRangeException(nameof(bytes), bytes, $"The body has {BodyLength} bytes.");
        }

        return this with { Cut = (bytes, how) };
    }

    /// <summary>Sends the body in pieces of at most <paramref name="bytes"/>, with a wait before each but the first.</summary>
    public Reply Drip(int bytes, TimeSpan pause = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytes);
        var pieces = ImmutableArray.CreateBuilder<ReplyStep>();
        var first = true;
        foreach (var step in Steps)
        {
            if (step is not SendStep send)
            {
                pieces.Add(step);
                continue;
            }

            for (var at = 0; at < send.Bytes.Length; at += bytes)
            {
                if (!first && pause > TimeSpan.Zero)
                {
                    pieces.Add(new DelayStep(pause));
                }

                first = false;
                pieces.Add(new SendStep(send.Bytes.Slice(at, Math.Min(bytes, send.Bytes.Length - at))));
            }
        }

        return this with { Steps = pieces.ToImmutable() };
    }

    public Reply Then(ReplyStep step) => this with { Steps = Steps.Add(step) };

    public Reply Then(IEnumerable<ReplyStep> steps) => this with { Steps = Steps.AddRange(steps) };
}
