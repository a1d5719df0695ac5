using Omega.Cli.Screen;
using Omega.Gpt;
using Omega.Gpt.Pacing;

namespace Omega.Cli.Turns;

/// <summary>Runs one turn, shows it, and says with which code the program should end.</summary>
internal static class TurnRunner
{
    /// <param name="engine">Runs it.</param>
    /// <param name="request">What to ask.</param>
    /// <param name="view">Shows it.</param>
    /// <param name="interruption">Ctrl-C and SIGTERM.</param>
    /// <param name="time">The clock of the typewriter.</param>
    public static async Task<int> RunAsync(GptEngine engine, TurnRequest request, ITurnView view, Interruption interruption, TimeProvider time)
    {
        using var turn = interruption.BeginTurn();
        using var stopping = turn.Token.UnsafeRegister(static view => ((ITurnView)view!).Stopping(), view);
        var code = ExitCode.Failed;
        try
        {
            var events = engine.RunAsync(request.Conversation, request.Input, request.Options, turn.Token);
            if (request.Typewriter is { } charactersPerSecond)
                events = events.Typewrite(charactersPerSecond, time, cancellationToken: turn.Token);
            await foreach (var gptEvent in events.ConfigureAwait(false))
            {
                view.Show(gptEvent);
                if (gptEvent is FunctionCallApprovalRequiredEvent question && request.Asker is { } asker)
                    await asker.AskAsync(question, turn.Token).ConfigureAwait(false);
                if (gptEvent is TurnCompletedEvent completed)
                    code = ExitCode.Of(completed);
            }

            return code;
        }
        catch (OperationCanceledException) when (turn.Token.IsCancellationRequested)
        {
            view.Stop();
            return interruption.ExitCode ?? ExitCode.Interrupted;
        }
        catch (GptException exception)
        {
            view.Fail(exception);
            return ExitCode.Of(exception);
        }
        catch (OutputClosedException)
        {
            // The enumerator was disposed on the way here, which cancels the turn and keeps what had arrived.
            return ExitCode.OutputClosed;
        }
    }
}

/// <summary>What a turn is given.</summary>
/// <param name="Conversation">The session.</param>
/// <param name="Input">What is added to it.</param>
/// <param name="Options">How to ask.</param>
/// <param name="Typewriter">Characters per second; null shows text as it comes.</param>
/// <param name="Asker">Asks about calls that need approval; null where nobody is asked.</param>
internal sealed record TurnRequest(Conversation Conversation, IReadOnlyList<Message> Input, TurnOptions Options, double? Typewriter, ICallAsker? Asker = null);
