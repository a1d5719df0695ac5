using System.Globalization;
using Omega.Cli.Turns;
using Omega.Gpt;

namespace Omega.Cli.Chat;

/// <summary>What the turns of a chat took, those included that failed or were stopped. Unknown stays unknown: it is counted, not taken as nothing.</summary>
internal sealed class ChatUsage
{
    private readonly Dictionary<string, Sum> _models = new(StringComparer.Ordinal);
    private string _asked = "";

    /// <summary>Takes an event of a turn.</summary>
    public void Take(GptEvent gptEvent)
    {
        switch (gptEvent)
        {
            case TurnStartedEvent started:
                _asked = started.Model;
                break;
            case TurnCompletedEvent completed:
                Add($"{completed.Provider}/{completed.Model}", completed.Usage, completed.Cost, completed.Timing.TotalMs);
                break;
            case TurnFailedEvent failed:
                Add(_asked, failed.Usage, failed.Cost, null);
                break;
            case TurnCancelledEvent cancelled:
                Add(_asked, cancelled.Usage, cancelled.Cost, null);
                break;
        }
    }

    /// <summary>A line for each model.</summary>
    public IEnumerable<string> Lines() => _models.Select(model => model.Value.Line(model.Key));

    private void Add(string model, TokenUsage? usage, Cost? cost, double? milliseconds)
    {
        if (!_models.TryGetValue(model, out var sum))
            _models.Add(model, sum = new Sum());
        sum.Add(usage, cost, milliseconds);
    }

    private sealed class Sum
    {
        private int _turns;
        private int _untold;
        private int _unpriced;
        private TokenUsage? _usage;
        private Cost? _cost;
        private double _milliseconds;

        public void Add(TokenUsage? usage, Cost? cost, double? milliseconds)
        {
            _turns++;
            _untold += usage is null ? 1 : 0;
            _unpriced += cost is null ? 1 : 0;
            _usage = TokenUsage.Add(_usage, usage);
            _cost = _cost is null ? cost : cost is null ? _cost : Cost.Add(_cost, cost);
            _milliseconds += milliseconds ?? 0;
        }

        public string Line(string model)
        {
            List<string> parts = [model, string.Create(CultureInfo.InvariantCulture, $"{_turns:N0} turn{(_turns == 1 ? "" : "s")}")];
            // Offline nobody counts tokens and nobody is paid.
            if (!model.StartsWith("offline/", StringComparison.Ordinal))
            {
                parts.Add(TurnFooter.Tokens(_usage, _cost) + Of(_untold));
                parts.Add(TurnFooter.Money(_cost) + Of(_unpriced));
            }

            parts.Add($"{TurnFooter.Seconds(_milliseconds)} in all");
            return string.Join(" · ", parts);
        }

        private string Of(int missing) => missing == 0 || missing == _turns ? "" : string.Create(CultureInfo.InvariantCulture, $" and what {missing:N0} of them took, unknown");
    }
}
