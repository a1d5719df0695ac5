using Omega.Gpt.Providers;
using Omega.Gpt.Tests.Turns;

namespace Omega.Gpt.Tests.Recording;

public sealed class ReplayProviderTests
{
    [Fact]
    public async Task StreamAsync_SameDialogueInAnotherTurn_AnswersAsRecorded()
    {
        await using var rig = new RecordingRig();
        await rig.RunSessionAsync();
        rig.Recorder.Dispose();
        var engine = Engine(new ReplayProvider(SessionRecording.Load(rig.File), "first"));

        var (events, error) = await Turn.RunAsync(engine.RunAsync(engine.NewConversation(), [Message.User("Weather in Oslo and Rome?")], new TurnOptions { Functions = RecordingRig.Functions, SystemMessage = "Be brief." }));

        Assert.Null(error);
        Assert.Equal("Let me look.Seven both, sæven.", Assert.IsType<TurnCompletedEvent>(events[^1]).Text);
        Assert.Equal(5, rig.Server.Requests.Count);
    }

    [Theory]
    [InlineData("Weather in Bergen?", "Be brief.", null, "messages[1].parts[0].text")]
    [InlineData("Weather in Oslo and Rome?", "Be long.", null, "messages[0].parts[0].text")]
    [InlineData("Weather in Oslo and Rome?", "Be brief.", 1.0, "options.temperature it had nothing, now it has 1")]
    public async Task StreamAsync_RequestItHasNotSeen_FailsAndSaysHowItDiffers(string prompt, string system, double? temperature, string difference)
    {
        await using var rig = new RecordingRig();
        await rig.RunSessionAsync();
        rig.Recorder.Dispose();
        var engine = Engine(new ReplayProvider(SessionRecording.Load(rig.File), "first"));

        var (events, error) = await Turn.RunAsync(engine.RunAsync(engine.NewConversation(), [Message.User(prompt)], new TurnOptions { Functions = RecordingRig.Functions, SystemMessage = system, Temperature = temperature }));

        Assert.IsType<RecordingException>(error);
        Assert.Contains("has not seen this request", error.Message, StringComparison.Ordinal);
        Assert.Contains(difference, error.Message, StringComparison.Ordinal);
        Assert.IsType<TurnFailedEvent>(events[^1]);
    }

    [Fact]
    public async Task StreamAsync_AnotherModel_FailsAndSaysSo()
    {
        await using var rig = new RecordingRig();
        await rig.RunSessionAsync();
        rig.Recorder.Dispose();
        var engine = Engine(new ReplayProvider(SessionRecording.Load(rig.File), "first"));

        var (_, error) = await Turn.RunAsync(engine.RunAsync(engine.NewConversation(), [Message.User("Weather in Oslo and Rome?")], new TurnOptions { Model = "first/m2", Functions = RecordingRig.Functions, SystemMessage = "Be brief." }));

        Assert.Contains("the model was m1, now it is m2", Assert.IsType<RecordingException>(error).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StreamAsync_FileByName_AnswersFromARecordingToo()
    {
        await using var rig = new RecordingRig();
        await rig.RunSessionAsync();
        rig.Recorder.Dispose();
        var engine = new GptEngine(ProviderRegistry.Create(), new GenerationOptions { Model = $"replay/{rig.File}" });

        var (events, _) = await Turn.RunAsync(engine.RunAsync(engine.NewConversation(), [Message.User("Weather in Oslo and Rome?")], new TurnOptions { Functions = RecordingRig.Functions, SystemMessage = "Be brief." }));

        Assert.Equal("Let me look.Seven both, sæven.", Assert.IsType<TurnCompletedEvent>(events[^1]).Text);
    }

    private static GptEngine Engine(IModelProvider provider)
    {
        var registry = ProviderRegistry.Create();
        registry.Add(provider);
        return new GptEngine(registry, new GenerationOptions { Model = "first/m1" });
    }
}
