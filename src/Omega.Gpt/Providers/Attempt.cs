using System.Net.Http.Headers;
using Omega.Gpt.Resilience.Resuming;
using Omega.Gpt.Resilience.Timeouts;

namespace Omega.Gpt.Providers;

/// <summary>
/// One call of a wire: what the stages around it tell the wire, and what the wire tells them. Made by the stage that begins the call, with
/// the request; used by one stream at a time, and twice only where a key was refused and another asks.
/// </summary>
internal sealed class Attempt
{
    /// <summary>Which call of the step it is, over all providers, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>Who is asking; null leaves that to the wire's own options.</summary>
    public ProviderAuth? Auth { get; set; }

    /// <summary>The id of the key that asks, never the key; null where the stages do not choose one.</summary>
    public string? KeyId { get; set; }

    /// <summary>How long it waited for its turn before it was sent; null where nothing makes calls wait.</summary>
    public TimeSpan? Queued { get; set; }

    /// <summary>Sees what goes over the wire; null where nobody does.</summary>
    public IWireTap? Tap { get; set; }

    /// <summary>What the step has waited, this call included; null where nobody reckons.</summary>
    public StepClock? Clock { get; init; }

    /// <summary>Where an earlier call broke whose answer this one reads on; null to begin one.</summary>
    public StreamPlace? Resumes { get; init; }

    /// <summary>Whether the place is kept where this call breaks.</summary>
    public bool KeepsPlace { get; init; }

    /// <summary>Where this call broke, for a server that keeps its answers; null where it did not, or that is not kept.</summary>
    public StreamPlace? Place { get; set; }

    /// <summary>The timestamp, by the wire's clock, at which the request went out; null before, and for what is no HTTP wire.</summary>
    public long? SentAt { get; private set; }

    /// <summary>What the answer may repeat and nobody may keep: keys, and what the base URL carries. Null before the wire is about to send.</summary>
    public Http.WireSecrets? Secrets { get; set; }

    /// <summary>The HTTP status; null before the answer's headers, and for what is no HTTP wire.</summary>
    public int? StatusCode { get; private set; }

    /// <summary>The answer's headers; null before they arrived.</summary>
    public HttpResponseHeaders? Headers { get; private set; }

    /// <summary>The timestamp, by the wire's clock, at which the answer's headers arrived; null before.</summary>
    public long? AnsweredAt { get; private set; }

    /// <summary>Another key asks, for the first was refused before it got anything: what the wire said of that is forgotten.</summary>
    public void AskAgain() => (Secrets, SentAt, StatusCode, Headers, AnsweredAt) = (null, null, null, null, null);

    /// <summary>The wire sends the request now.</summary>
    public void Sending(long timestamp) => SentAt = timestamp;

    /// <summary>The wire has the answer's status and headers.</summary>
    public void Answered(int status, HttpResponseHeaders headers, long timestamp)
    {
        (StatusCode, Headers, AnsweredAt) = (status, headers, timestamp);
        Tap?.Answered(status, headers);
    }
}

/// <summary>Sees the bytes of one wire call. Called in order, by one thread at a time; what it is given is only valid during the call.</summary>
internal interface IWireTap
{
    /// <summary>The key with which the request is sent, before anything else: it must not be kept anywhere.</summary>
    void Hide(string secret);

    /// <summary>A request is about to be sent.</summary>
    void Sending(Uri endpoint, ReadOnlySpan<byte> body);

    /// <summary>The answer's status and headers arrived.</summary>
    void Answered(int status, HttpResponseHeaders headers);

    /// <summary>A piece of the answer's body arrived, of an error too. None is left out.</summary>
    void Received(ReadOnlySpan<byte> bytes);

    /// <summary>The next event of the answer was read, or comments were.</summary>
    /// <param name="count">How many bytes of the answer are over, from its beginning.</param>
    /// <param name="passage">Whether a secret was in it, or may begin in it.</param>
    void Passed(long count, Http.SecretPassage passage);
}
