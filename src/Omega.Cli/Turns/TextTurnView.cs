using System.Globalization;
using Omega.Cli.Markets;
using Omega.Cli.Screen;
using Omega.Gpt;

namespace Omega.Cli.Turns;

/// <summary>A turn for a person: the answer on standard output, everything else on standard error.</summary>
/// <param name="terminal">Where to.</param>
/// <param name="quiet">Leaves out what is not the answer, an error, or something the person must act on.</param>
/// <param name="session">The session's id, for the hints.</param>
/// <param name="market">Where the market's figures come from; null where there is no market.</param>
/// <param name="told">Notices that were told in the turns before; null where there are none, and the session is named under the answer.</param>
internal sealed class TextTurnView(Terminal terminal, bool quiet, string session, string? market = null, ISet<string>? told = null) : ITurnView
{
    private enum Flow
    {
        None,
        Reasoning,
        Refusal,
    }

    private readonly CallLines _calls = new(terminal, quiet);
    private readonly List<string> _called = [];
    private readonly List<string> _sources = [];
    private readonly List<AnnotationEvent> _ungrounded = [];
    private Flow _flow;
    private bool _answering;

    public void Begin(string model, string reason)
    {
        if (!quiet)
            terminal.Line($"{model}: {reason}", Tone.Dim);
    }

    public void Show(GptEvent gptEvent)
    {
        if (gptEvent is FunctionCallCompletedEvent called)
            Remember(called);
        if (_calls.Concerns(gptEvent))
        {
            EndFlow();
            _answering = false;
            _calls.Show(gptEvent);
            return;
        }

        switch (gptEvent)
        {
            case TextDeltaEvent text:
                EndFlow();
                if (!_answering && !quiet)
                    terminal.Space();
                _answering = true;
                terminal.Answer(text.Text);
                break;
            case ReasoningDeltaEvent reasoning when !quiet:
                BeginFlow(Flow.Reasoning);
                terminal.Aside(reasoning.Text, Tone.Dim);
                break;
            case RefusalDeltaEvent refusal:
                if (_flow != Flow.Refusal)
                {
                    BeginFlow(Flow.Refusal);
                    terminal.Aside("refused: ", Tone.Warning);
                }

                terminal.Aside(refusal.Text, Tone.Warning);
                break;
            case NoticeEvent notice when !quiet && told?.Add(notice.Message) is not false:
                Marked("note", notice.Message, Tone.Warning);
                break;
            case ModelSwitchedEvent switched when !quiet:
                Marked("note", switched.Reason, Tone.Warning);
                break;
            case KeySwitchedEvent switched when !quiet:
                Line($"the key {switched.From} was refused; {switched.To} takes its place", Tone.Dim);
                break;
            case WaitingEvent { ExpectedMs: { } expected } waiting when !quiet:
                Line($"waiting {TurnFooter.Seconds(expected)} ({waiting.Reason})", Tone.Dim);
                break;
            case WaitingEvent waiting when !quiet:
                // Nobody knows when another stream ends.
                Line(waiting.Reason == "concurrency" ? "waiting until another answer has ended" : $"waiting ({waiting.Reason})", Tone.Dim);
                break;
            case RetryScheduledEvent or StreamInterruptedEvent or StreamResumedEvent when !quiet:
                Line(FaultLines.Of(gptEvent)!, Tone.Dim);
                break;
            case BudgetWarningEvent budget:
                Marked("budget", string.Create(CultureInfo.InvariantCulture, $"${budget.Spent} of ${budget.Limit} spent ({budget.Scope})."), Tone.Warning);
                break;
            case AnnotationEvent annotation when UngroundedNotes.Concerns(annotation):
                _ungrounded.Add(annotation);
                break;
            case TurnCompletedEvent completed:
                End();
                Complete(completed);
                break;
            case TurnFailedEvent or TurnCancelledEvent:
                // Fail or Stop follows, and knows more.
                End();
                break;
        }
    }

    public void Fail(GptException exception)
    {
        if (_answering || _flow != Flow.None)
            End();
        terminal.Marked("error", exception.Message, Tone.Error);
        if (exception.RequestId is { Length: > 0 } request && !quiet)
            terminal.Line($"request id {request}", Tone.Dim);
        if (exception.PartialText is { Length: > 0 })
            terminal.Line($"What had arrived is kept in session {session}.", Tone.Dim);
    }

    public void Stopping() => terminal.Stopping(_calls.Running);

    public void Stop()
    {
        if (_answering || _flow != Flow.None)
            End();
        terminal.Line($"Stopped. What had arrived is kept in session {session}.", Tone.Dim);
    }

    private void Complete(TurnCompletedEvent completed)
    {
        switch (completed.FinishReason)
        {
            case FinishReason.Length:
                terminal.Marked("note", "The answer is cut at the output limit. Raise --max-tokens, or ask it to go on.", Tone.Warning);
                break;
            case FinishReason.ContentFilter:
                terminal.Marked("error", "The provider's filter stopped the answer.", Tone.Error);
                break;
            case FinishReason.Refusal:
                terminal.Marked("error", "The model refused to answer.", Tone.Error);
                break;
        }

        if (completed.Pending.Count > 0)
            ShowPending(completed.Pending);
        if (quiet)
            return;
        foreach (var note in UngroundedNotes.Of(completed.Text, _ungrounded))
            terminal.Line($"[?] {note}", Tone.Warning);
        terminal.Line(TurnFooter.Of(completed, _called, _sources.Count > 0 ? string.Join(", ", _sources) : market, told is null ? session : null), Tone.Dim);
    }

    // What the figures of this turn really come from, which may be a file that the person named.
    private void Remember(FunctionCallCompletedEvent called)
    {
        _called.Add(called.Name);
        if (market is not null && ResultText.SourceOf(called.Result) is { } source && MarketSource.Short(source) is var name && !_sources.Contains(name))
            _sources.Add(name);
    }

    private void ShowPending(IReadOnlyList<PendingCall> pending)
    {
        terminal.Line(pending.Count == 1 ? "The model waits for the result of this call:" : "The model waits for the results of these calls:", Tone.Strong);
        foreach (var call in pending)
            terminal.Line($"  {call.Call}  {call.Name} {call.Arguments}", Tone.Accent);
        terminal.Line("Write the results to a file and hand it back:", Tone.Dim);
        terminal.Line($"  [{string.Join(", ", pending.Select(call => $$"""{"call": "{{call.Call}}", "result": …}"""))}]", Tone.Dim);
        terminal.Line($"  omega ask -s {session} --results results.json", Tone.Dim);
    }

    private void BeginFlow(Flow flow)
    {
        if (_flow != flow)
            EndFlow();
        _flow = flow;
        _answering = false;
    }

    private void EndFlow()
    {
        if (_flow != Flow.None)
            terminal.EndAside();
        _flow = Flow.None;
    }

    private void End()
    {
        EndFlow();
        terminal.EndAnswer();
        if (!quiet)
            terminal.Space();
        _answering = false;
    }

    private void Line(string text, Tone tone)
    {
        EndFlow();
        terminal.Line(text, tone);
    }

    private void Marked(string mark, string text, Tone tone)
    {
        EndFlow();
        terminal.Marked(mark, text, tone);
    }
}
