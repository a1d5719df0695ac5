using Omega.Cli.Editing;
using Omega.Cli.Input;
using Omega.Cli.Tests.Screen;
using Omega.TestKit;

namespace Omega.Cli.Tests.Editing;

public sealed class EditedPromptTests
{
    private readonly ScreenTexts _screen = new(isTerminal: true, redraws: true);

    private static PromptQuestion Question => new("> ") { TakesInterrupt = true };

    private Task<PromptAnswer> AskAsync(ScriptedKeyboard keyboard, PromptQuestion? question = null) =>
        new EditedPrompt(_screen.Terminal, keyboard).AskAsync(question ?? Question, TestContext.Current.CancellationToken).AsTask().Soon();

    [Fact]
    public async Task Ask_TypedLine_IsTheAnswerAndStandsOnTheScreen()
    {
        var answer = await AskAsync(new ScriptedKeyboard([.. Keys.Typed("helo"), Keys.Of(ConsoleKey.LeftArrow), .. Keys.Typed("l"), Keys.Enter]));

        Assert.Equal(new PromptAnswer(PromptEnd.Line, "hello"), answer);
        var drawn = new DrawnScreen(80);
        drawn.Write(_screen.Error);
        Assert.Equal("> hello", drawn.Rows[0]);
        Assert.Equal((1, 0), (drawn.Row, drawn.Column));
    }

    [Fact]
    public async Task Ask_PasteWithLineEnds_SendsNothingOffBeforeEnter() =>
        Assert.Equal(new PromptAnswer(PromptEnd.Line, "one\ntwo\nthree"), await AskAsync(new ScriptedKeyboard([.. Keys.Pasted("one\rtwo\r"), .. Keys.Typed("three"), Keys.Enter])));

    [Fact]
    public async Task Ask_Keys_EndItAsTheySay()
    {
        Assert.Equal(new PromptAnswer(PromptEnd.Interrupt, "half"), await AskAsync(new ScriptedKeyboard([.. Keys.Typed("half"), Keys.Control(ConsoleKey.C)])));
        Assert.Equal(new PromptAnswer(PromptEnd.EndOfInput, ""), await AskAsync(new ScriptedKeyboard([Keys.Control(ConsoleKey.D)])));
        Assert.Equal(new PromptAnswer(PromptEnd.Line, "a"), await AskAsync(new ScriptedKeyboard([.. Keys.Typed("a"), Keys.Control(ConsoleKey.D), Keys.Enter])));
    }

    [Fact]
    public async Task Ask_History_UpBringsItBackAndDownWhatWasBeingWritten()
    {
        var history = new LineHistory(["first", "second"]);
        ConsoleKeyInfo up = Keys.Of(ConsoleKey.UpArrow), down = Keys.Of(ConsoleKey.DownArrow);

        Assert.Equal("first!", (await AskAsync(new ScriptedKeyboard([up, up, up, .. Keys.Typed("!"), Keys.Enter]), Question with { History = history })).Text);
        Assert.Equal("draft", (await AskAsync(new ScriptedKeyboard([.. Keys.Typed("draft"), up, down, Keys.Enter]), Question with { History = history })).Text);
    }

    [Fact]
    public async Task Ask_Tab_CompletesAsFarAsAllChoicesGo()
    {
        static IReadOnlyList<string> Complete(string written) => [.. ((string[])["/market ", "/model "]).Where(choice => choice.StartsWith(written, StringComparison.Ordinal))];
        var tab = Keys.Of(ConsoleKey.Tab, c: '\t');

        Assert.Equal("/m", (await AskAsync(new ScriptedKeyboard([.. Keys.Typed("/"), tab, Keys.Enter]), Question with { Complete = Complete })).Text);
        Assert.Equal("/model x", (await AskAsync(new ScriptedKeyboard([.. Keys.Typed("/mo"), tab, .. Keys.Typed("x"), Keys.Enter]), Question with { Complete = Complete })).Text);
    }

    [Fact]
    public async Task Ask_PasteThatIsTooLong_IsLeftOutWithANote()
    {
        var answer = await AskAsync(new ScriptedKeyboard([.. Keys.Pasted(new string('x', EditBuffer.MaxLength + 1)), .. Keys.Typed("ok"), Keys.Enter]));

        Assert.Equal("ok", answer.Text);
        Assert.Contains("more than 100,000 characters and was left out", _screen.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_GivenUp_TheKeyThatComesLaterIsTheNextQuestions()
    {
        var keyboard = new ScriptedKeyboard([]);
        var prompt = new EditedPrompt(_screen.Terminal, keyboard);
        using var cancel = new CancellationTokenSource();
        var asking = prompt.AskAsync(Question, cancel.Token).AsTask();
        await keyboard.Waiting.Task.Soon();
        Assert.True(keyboard.InterruptIsKey);

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking.Soon());

        Assert.False(keyboard.InterruptIsKey);
        keyboard.Type([.. Keys.Typed("yes"), Keys.Enter]);
        Assert.Equal("yes", (await prompt.AskAsync(Question, TestContext.Current.CancellationToken).AsTask().Soon()).Text);
    }

    [Fact]
    public async Task Ask_Ended_LeavesTheTerminalAsItWas()
    {
        await AskAsync(new ScriptedKeyboard([Keys.Enter]));

        Assert.Equal(_screen.Error.Split("\e[?2004h").Length, _screen.Error.Split("\e[?2004l").Length);
        Assert.EndsWith("\e[?2004l", _screen.Error, StringComparison.Ordinal);
        Assert.Equal(_screen.Error.Split("\e[?25l").Length, _screen.Error.Split("\e[?25h").Length);
    }
}
