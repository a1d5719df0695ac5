using System.Text.Json.Nodes;
using Omega.TestKit;

namespace Omega.Gpt.Tests.Resilience;

/// <summary>Responses that the server keeps: the rest of a broken stream is asked for.</summary>
public sealed class KeptAnswerTests
{
    private static readonly TurnOptions Stored = new() { ExtraBody = new JsonObject { ["store"] = true } };

    // Two chunks begin the stream, two the item; then a word each. Events are numbered from 0.
    private const int Received = 4 + 40;

    private static IReadOnlyList<byte[]> Chunks => ResponsesStream.Create("m1", "resp/1").Text(Words.All()).Complete(100, 60).Chunks;

    private static Reply Cut => Reply.Stream(Chunks.Take(Received)).End(BodyEnd.CloseWithoutLastChunk);

    private static Reply Whole => Reply.Stream(Chunks);

    [Fact]
    public async Task Kept_IsReadOnBehindItsLastEvent()
    {
        await using var rig = new Rig(wire: Wire.Responses);
        rig.First.Enqueue(Cut, Reply.Stream(Chunks.Skip(Received)));

        var told = await rig.AskAsync(Stored);

        Assert.Equal(Words.Whole, told.Completed!.Text);
        Assert.Equal((100, 60), (told.Completed.Usage!.Input.Total, told.Completed.Usage.Output.Total));
        Assert.Equal("m1", told.Completed.Model);
        var rest = rig.First.Requests[1];
        Assert.Equal(("GET", "/v1/responses/resp%2F1", "stream=true&starting_after=43"), (rest.Method, rest.Path, rest.Query));
        Assert.Equal("Bearer sk-test-key-000000000000", rest.Header("authorization"));
    }

    [Fact]
    public async Task Kept_ServerRepeatsWhatCame_ShowsNothingTwice()
    {
        await using var rig = new Rig(wire: Wire.Responses);
        rig.First.Enqueue(Cut, Whole);

        var told = await rig.AskAsync(Stored);

        Assert.Equal((Words.Whole, "(a)"), (told.Text, told.Methods));
    }

    [Fact]
    public async Task Kept_CannotBeReachedAtFirst_IsAskedForTheSameRestAgain()
    {
        await using var rig = new Rig(wire: Wire.Responses);
        rig.First.Enqueue(Cut, Reply.OpenAIError(503, "Overloaded.", "overloaded_error"), Reply.Stream(Chunks.Skip(Received)));

        var told = await rig.AskAsync(Stored);

        Assert.Equal((Words.Whole, "(a)"), (told.Text, told.Methods));
        Assert.Equal(rig.First.Requests[1].Target, rig.First.Requests[2].Target);
    }

    [Fact]
    public async Task Kept_NoLongerThere_IsBegunAnew()
    {
        await using var rig = new Rig(wire: Wire.Responses);
        rig.First.Enqueue(Cut, Reply.OpenAIError(404, "Response not found."), Whole);

        var told = await rig.AskAsync(Stored);

        Assert.Equal((Words.Whole, "(c)"), (told.Text, told.Methods));
        Assert.Equal(["POST", "GET", "POST"], rig.First.Requests.Select(request => request.Method));
    }

    [Fact]
    public async Task Kept_ButTheAnswerItselfFailed_IsBegunAnew()
    {
        await using var rig = new Rig(wire: Wire.Responses);
        rig.First.Enqueue(Reply.Stream(ResponsesStream.Create("m1").Text(Words.All(40)).Fail("server_error", "Broken.")), Whole);

        var told = await rig.AskAsync(Stored);

        Assert.Equal((Words.Whole, "(c)"), (told.Text, told.Methods));
        Assert.All(rig.First.Requests, request => Assert.Equal("POST", request.Method));
    }

    [Fact]
    public async Task NotKept_IsBegunAnew()
    {
        await using var rig = new Rig(wire: Wire.Responses);
        rig.First.Enqueue(Cut, Whole);

        var told = await rig.AskAsync();

        Assert.Equal((Words.Whole, "(c)"), (told.Text, told.Methods));
        Assert.All(rig.First.Requests, request => Assert.Equal("POST", request.Method));
    }
}
