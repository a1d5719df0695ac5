using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Omega.Gpt.Pacing;

/// <summary>Smooths bursts of text to an even rate, for people who watch.</summary>
public static class Typewriter
{
    /// <summary>
    /// The same events, text split into characters and shown at an even rate. The source is read ahead on its own and
    /// pacing never slows it: when the reading gets half of <paramref name="readAhead"/> ahead, text is shown at once. Everything but text, reasoning and
    /// refusals passes without delay, in order; splitting leaves <c>sequence</c> as it was.
    /// </summary>
    /// <param name="events">The source.</param>
    /// <param name="charactersPerSecond">The rate.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <param name="readAhead">Most events read ahead of what is shown; a consumer that does not read at all stops the source there.</param>
    /// <param name="cancellationToken">Stops reading; the source is disposed.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not above 0, or the read-ahead not above 1.</exception>
    public static IAsyncEnumerable<GptEvent> Typewrite(
        this IAsyncEnumerable<GptEvent> events,
        double charactersPerSecond,
        TimeProvider? time = null,
        int readAhead = 8192,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(charactersPerSecond);
        ArgumentOutOfRangeException.ThrowIfLessThan(readAhead, 2);
        if (!double.IsFinite(charactersPerSecond))
            throw new ArgumentOutOfRangeException(nameof(charactersPerSecond), charactersPerSecond, "The rate must be a number.");
        return Pace(events, TimeSpan.FromSeconds(1 / charactersPerSecond), time ?? TimeProvider.System, readAhead, cancellationToken);
    }

    private static async IAsyncEnumerable<GptEvent> Pace(
        IAsyncEnumerable<GptEvent> events,
        TimeSpan interval,
        TimeProvider time,
        int readAhead,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var queue = Channel.CreateBounded<GptEvent>(new BoundedChannelOptions(readAhead) { SingleReader = true, SingleWriter = true, FullMode = BoundedChannelFullMode.Wait });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pump = PumpAsync(events, queue.Writer, stop.Token);
        var began = time.GetTimestamp();
        var due = TimeSpan.Zero;
        try
        {
            while (await queue.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            {
                while (queue.Reader.TryRead(out var next))
                {
                    if (TextOf(next) is not { Length: > 0 } text)
                    {
                        yield return next;
                        continue;
                    }

                    var shown = 0;
                    while (shown < text.Length)
                    {
                        var now = time.GetElapsedTime(began);
                        var count = StringInfo.GetNextTextElementLength(text, shown);
                        if (queue.Reader.Count >= readAhead / 2)
                        {
                            (count, due) = (text.Length - shown, now);
                        }
                        else if (due > now)
                        {
                            await Task.Delay(due - now, time, cancellationToken).ConfigureAwait(false);
                        }
                        else if (due < now - interval)
                        {
                            // After a pause the rate starts anew instead of catching up with a burst.
                            due = now - interval;
                        }

                        yield return WithText(next, text.Substring(shown, count));
                        shown += count;
                        due += interval;
                    }
                }
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await pump.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task PumpAsync(IAsyncEnumerable<GptEvent> events, ChannelWriter<GptEvent> queue, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var gptEvent in events.WithCancellation(cancellationToken).ConfigureAwait(false))
                await queue.WriteAsync(gptEvent, cancellationToken).ConfigureAwait(false);
            queue.Complete();
        }
        catch (Exception exception)
        {
            // The reader rethrows it, after everything that came before it.
            queue.Complete(exception);
            throw;
        }
    }

    private static string? TextOf(GptEvent gptEvent) => gptEvent switch
    {
        TextDeltaEvent text => text.Text,
        ReasoningDeltaEvent reasoning => reasoning.Text,
        RefusalDeltaEvent refusal => refusal.Text,
        _ => null,
    };

    private static GptEvent WithText(GptEvent gptEvent, string text) => gptEvent switch
    {
        TextDeltaEvent delta => delta with { Text = text },
        ReasoningDeltaEvent delta => delta with { Text = text },
        RefusalDeltaEvent delta => delta with { Text = text },
        _ => gptEvent,
    };
}
