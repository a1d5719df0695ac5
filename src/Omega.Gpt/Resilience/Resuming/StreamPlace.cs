using Omega.Gpt.Providers.Http;

namespace Omega.Gpt.Resilience.Resuming;

/// <summary>
/// Where a broken stream stopped, for a server that has kept the answer: what comes after <see cref="Sequence"/> can be asked for. The
/// parser goes with it, because the rest makes sense only to whoever read the beginning. Disposing gives its buffers back.
/// </summary>
/// <param name="response">The answer's id at the server.</param>
/// <param name="sequence">The number of the last event that arrived.</param>
/// <param name="parser">What read it.</param>
internal sealed class StreamPlace(string response, long sequence, WireParser parser) : IDisposable
{
    private WireParser? _parser = parser;

    public string Response => response;

    public long Sequence => sequence;

    /// <summary>Whether nobody has read on from here.</summary>
    public bool IsOpen => _parser is not null;

    /// <summary>The parser, once; it is the taker's from then on.</summary>
    public WireParser TakeParser() => Interlocked.Exchange(ref _parser, null) ?? throw new InvalidOperationException("The stream is being read on already.");

    public void Dispose() => Interlocked.Exchange(ref _parser, null)?.Dispose();
}
