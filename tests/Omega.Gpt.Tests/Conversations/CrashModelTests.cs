using CsCheck;
using Omega.Gpt.Tests.Turns;
using Omega.Gpt.Turns;

namespace Omega.Gpt.Tests.Conversations;

/// <summary>Random lives of a conversation, with crashes at the worst moments, against a list in memory.</summary>
public sealed class CrashModelTests
{
    private enum Step
    {
        Turn,
        LongTurn,
        KeptTurn,
        DeadTurn,
        TornTurn,
        ResumedTurn,
        Save,
        SaveCutBeforeLogsGo,
        SaveCutBeforeRename,
        Merge,
        Restart,
        Rename,
        Clear,
    }

    [Fact]
    public Task Store_AnyLife_EqualsTheModel() =>
        Gen.Enum<Step>().Array[0, 14].SampleAsync(
            async steps =>
            {
                using var home = new TempHome();
                var life = new Life(home);
                await life.RunAsync(steps);
            },
            iter: 200,
            print: steps => string.Join(", ", steps));

    private sealed class Life(TempHome home)
    {
        private readonly List<string> _model = [];
        private FileConversationStore _store = new(home.Path);
        private Conversation? _conversation;
        private string? _title;
        private int _turn;

        public async Task RunAsync(IEnumerable<Step> steps)
        {
            _conversation = new Conversation("c", Script.Start);
            await _store.SaveAsync(_conversation);
            foreach (var step in steps)
            {
                await DoAsync(step);
                var loaded = await new FileConversationStore(home.Path).LoadAsync("c");
                Assert.Equal(_model, Show(loaded!));
                Assert.Equal(_title, loaded!.Title);
                Assert.Equal(loaded.Messages.Count, loaded.Messages.Select(message => message.Id).Distinct().Count());
            }
        }

        private static List<string> Show(Conversation conversation) => [.. conversation.Messages.Select(message => $"{message.Role} {message.State}: {message.Text}")];

        private async Task DoAsync(Step step)
        {
            switch (step)
            {
                case Step.Turn:
                    await TurnAsync("short", keep: false);
                    break;
                case Step.LongTurn:
                    await TurnAsync(new string('x', 300), keep: false);
                    break;
                case Step.KeptTurn:
                    await TurnAsync("kept", keep: true);
                    break;
                case Step.DeadTurn:
                    await DieAsync(torn: false);
                    break;
                case Step.TornTurn:
                    await DieAsync(torn: true);
                    break;
                case Step.ResumedTurn:
                    await DieAsync(torn: true);
                    await using (var writer = await _store.Turns.ResumeAsync("c", $"t{_turn}"))
                        await writer.AppendAsync(new TextDeltaEvent(" and on").Stamp($"t{_turn}", 4, Script.Start));
                    _model[^1] += " and on";
                    await RestartAsync();
                    break;
                case Step.Save:
                    await _store.SaveAsync(_conversation!);
                    break;
                case Step.SaveCutBeforeLogsGo:
                    var logs = Directory.Exists(home.Turns("c")) ? Directory.GetFiles(home.Turns("c")).ToDictionary(path => path, File.ReadAllBytes) : [];
                    await _store.SaveAsync(_conversation!);
                    Directory.CreateDirectory(home.Turns("c"));
                    foreach (var (path, bytes) in logs)
                        await File.WriteAllBytesAsync(path, bytes);
                    await RestartAsync();
                    break;
                case Step.SaveCutBeforeRename:
                    await File.WriteAllTextAsync(home.Conversation("c") + ".new", _conversation!.ToJson()[..50]);
                    await RestartAsync();
                    break;
                case Step.Merge:
                    await _store.MergeIfDueAsync(_conversation!);
                    break;
                case Step.Restart:
                    await RestartAsync();
                    break;
                case Step.Rename:
                    _title = $"Title {_turn}";
                    await new FileConversationStore(home.Path).RenameAsync("c", _title);
                    Assert.False(await _store.MergeIfDueAsync(_conversation!)); // Someone else wrote: nothing may be replaced.
                    await RestartAsync();
                    break;
                case Step.Clear:
                    _conversation!.Clear();
                    await _store.SaveAsync(_conversation);
                    _model.Clear();
                    break;
            }
        }

        private async Task RestartAsync()
        {
            _store = new FileConversationStore(home.Path);
            _conversation = await _store.LoadAsync("c");
        }

        private async Task TurnAsync(string text, bool keep)
        {
            var header = Next(keep);
            await using var writer = await _store.Turns.BeginAsync(header);
            _conversation!.Append(header.Input[0], header.At);
            await Script.AppendAsync(writer!, header, Script.Answer(header, text));
            _conversation.Append(Script.Assistant(text) with { Turn = header.Turn }, header.At);
            _model.AddRange([$"User Complete: prompt {_turn}", $"Assistant Complete: {text}"]);
        }

        /// <summary>The process dies in the middle of an answer, and another takes its place.</summary>
        private async Task DieAsync(bool torn)
        {
            var header = Next(keep: _turn % 2 == 0);
            await using (var writer = await _store.Turns.BeginAsync(header))
                await Script.AppendAsync(writer!, header, new TurnStartedEvent("c", "m"), new StepStartedEvent(1), new TextDeltaEvent("half"));
            if (torn)
                await File.AppendAllTextAsync(home.Log("c", header.Turn), "{\"type\":\"text.delta\",\"tu");
            _model.AddRange([$"User Complete: prompt {_turn}", "Assistant Interrupted: half"]);
            await RestartAsync();
        }

        private TurnHeader Next(bool keep)
        {
            _turn++;
            return Script.Header($"t{_turn}", prompt: $"prompt {_turn}", minute: _turn, keep: keep);
        }
    }
}
