using Omega.Gpt;

namespace Omega.Cli.Turns;

/// <summary>Shows a turn while it runs.</summary>
internal interface ITurnView
{
    /// <summary>Who is going to answer, and why that one. Before the turn.</summary>
    void Begin(string model, string reason);

    /// <summary>An event, the moment it came.</summary>
    void Show(GptEvent gptEvent);

    /// <summary>The turn could not begin, or failed after its last event was shown.</summary>
    void Fail(GptException exception);

    /// <summary>The person is stopping the turn; what has begun may take its time. On any thread.</summary>
    void Stopping();

    /// <summary>The person stopped the turn.</summary>
    void Stop();
}
