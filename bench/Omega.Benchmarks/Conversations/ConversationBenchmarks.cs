using BenchmarkDotNet.Attributes;
using Omega.Gpt;

namespace Omega.Benchmarks.Conversations;

/// <summary>Appending to a conversation of a length: the time of one message must not depend on it.</summary>
[MemoryDiagnoser]
[WarmupCount(3)]
[IterationCount(10)]
public class ConversationBenchmarks
{
    private const int Conversations = 128;
    private const int Appends = 6;

    private static readonly DateTimeOffset At = DateTimeOffset.UnixEpoch;

    private readonly Conversation[] _conversations = new Conversation[Conversations];
    private Message[] _messages = [];

    [Params(10, 1_000, 10_000)]
    public int Length { get; set; }

    [GlobalSetup]
    public void CreateMessages() => _messages = [.. Enumerable.Range(0, Length + Appends).Select(i => Message.User("How is Bitcoin?") with { Turn = $"t{i / 2}" })];

    // Fresh ones for each measurement, so that none has grown beyond its length. The collections of Length messages happen here.
    [IterationSetup(Target = nameof(Append))]
    public void CreateConversations()
    {
        for (var i = 0; i < Conversations; i++)
            _conversations[i] = Grown(Length);
        GC.Collect();
    }

    /// <summary>One message onto a conversation of <see cref="Length"/>.</summary>
    [Benchmark(OperationsPerInvoke = Conversations * Appends)]
    public void Append()
    {
        foreach (var conversation in _conversations)
        {
            for (var i = 0; i < Appends; i++)
                conversation.Append(_messages[Length + i], At);
        }
    }

    /// <summary>All of <see cref="Length"/> messages, one after the other.</summary>
    [Benchmark]
    public int Grow() => Grown(Length).Messages.Count;

    private Conversation Grown(int length)
    {
        var conversation = new Conversation("c", At);
        for (var i = 0; i < length; i++)
            conversation.Append(_messages[i], At);
        return conversation;
    }
}
