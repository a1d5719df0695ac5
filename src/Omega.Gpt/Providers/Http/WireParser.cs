namespace Omega.Gpt.Providers.Http;

/// <summary>One wire's reading of one stream: a synchronous state machine from server-sent events to deltas. Disposing it gives buffers back.</summary>
internal abstract class WireParser : IDisposable
{
    /// <summary>Whether the wire's terminal event was parsed; nothing after it is read.</summary>
    public bool IsFinished { get; protected set; }

    /// <summary>The answer's id and the number of the last event, for a server that keeps both; null elsewhere.</summary>
    public virtual (string Response, long Sequence)? Place => null;

    /// <summary>Reads one event. Adds a <see cref="FinishedDelta"/> last, and sets <see cref="IsFinished"/>, when the event is the terminal one.</summary>
    /// <param name="name">The event's name; empty when it has none.</param>
    /// <param name="data">The event's data.</param>
    /// <param name="output">Where deltas go.</param>
    /// <exception cref="GptException">The event reports an error, or is not what the wire promises.</exception>
    /// <exception cref="System.Text.Json.JsonException">The data is not JSON.</exception>
    public abstract void Parse(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data, List<ModelDelta> output);

    /// <summary>The connection ended without a terminal event. Adds what is still owed where the options accept that; otherwise leaves <see cref="IsFinished"/> false.</summary>
    /// <param name="output">Where deltas go.</param>
    public virtual void EndOfStream(List<ModelDelta> output)
    {
    }

    public virtual void Dispose()
    {
    }
}
