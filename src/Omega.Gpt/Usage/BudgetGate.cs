using System.Globalization;
using Omega.Gpt.Models;

namespace Omega.Gpt.Usage;

/// <summary>What a call wants before it may be sent.</summary>
/// <param name="Limits">The limits that hold for it; empty for none.</param>
/// <param name="Info">The model's prices; null where they are unknown, and then nothing is reserved.</param>
/// <param name="Input">Input tokens, at most.</param>
/// <param name="Asked">The output limit that the caller set; null for none.</param>
internal sealed record Demand(IReadOnlyList<(BudgetAccount Account, decimal Limit)> Limits, ModelInfo? Info, long Input, int? Asked);

/// <summary>The gate's answer: an open row, or the limit that is in the way.</summary>
internal sealed record Admission(OpenAttempt? Attempt, BudgetState? Refused);

/// <summary>Lets a call pass where every limit has room for what it may cost at most. Runs within the ledger's transaction: no two calls see the same money.</summary>
internal static class BudgetGate
{
    public static Admission Admit(UsageTables tables, AttemptOpening opening, Demand demand)
    {
        var states = new BudgetState[demand.Limits.Count];
        for (var i = 0; i < states.Length; i++)
            states[i] = new BudgetState(demand.Limits[i].Account, demand.Limits[i].Limit, tables.Spent(demand.Limits[i].Account));

        Reservation? reservation = null;
        if (demand.Info is { } info)
        {
            if (states.Length == 0)
            {
                // Nothing is refused; what is read is the least that a call costs whose end nobody saw.
                reservation = Reservation.OfInput(info, demand.Input, demand.Asked);
            }
            else
            {
                var tightest = states.MinBy(state => state.Left);
                var isShared = states.Any(state => state.Account.Scope != BudgetScope.Turn && state.Left <= tightest.Left);
                reservation = Reservation.Plan(info, demand.Input, demand.Asked, tightest.Left, isShared);
                if (reservation is null)
                    return new Admission(null, tightest);
            }
        }
        else if (states.Length > 0 && states.MinBy(state => state.Left) is { Left: <= 0 } spent)
        {
            // An unpriced model may be asked, but not on after the money is gone.
            return new Admission(null, spent);
        }

        var id = tables.Open(opening, reservation?.Usd, states.Any(state => state.Account.Scope == BudgetScope.Turn));
        return new Admission(new OpenAttempt(id, opening, reservation, states), null);
    }

    /// <summary>The error of a call that a limit is in the way of.</summary>
    public static GptException Refusal(BudgetState state, ModelRequestName name) => new(
        GptErrorKind.BudgetExceeded,
        $"{name.Model} was not asked: {Usd(state.Spent)} of the {Usd(state.Limit)} for this {state.Account.Name} {(state.Left <= 0 ? "are" : "are already")} spent or reserved by running requests, "
        + (state.Left <= 0 ? "and nothing is left." : $"and {Usd(state.Left)} do not pay for the question and an answer.") + $" Raise the budget of the {state.Account.Name}, ask for less, or take a cheaper model.")
    {
        Phase = GptPhase.Request,
        Provider = name.Provider,
        Model = name.Model,
    };

    /// <summary>The error of a model that a limit forbids because nobody knows what it costs.</summary>
    public static GptException Unpriced(ModelRequestName name) => new(
        GptErrorKind.BudgetExceeded,
        $"{name.Provider}/{name.Model} was not asked: there is a budget, and the model's price is unknown. Give its price to the catalogue, or allow models without a price (Budget.AllowUnpriced, --allow-unpriced).")
    {
        Phase = GptPhase.Request,
        Provider = name.Provider,
        Model = name.Model,
    };

    /// <summary>The error of an answer that goes on after what was reserved for it is spent.</summary>
    public static GptException Overrun(BudgetState state, ModelRequestName name) => new(
        GptErrorKind.BudgetExceeded,
        $"{name.Model} wrote more than it was asked for, and the {Usd(state.Limit)} for this {state.Account.Name} do not pay for more: the answer was stopped. Raise the budget of the {state.Account.Name}.")
    {
        Phase = GptPhase.Step,
        Provider = name.Provider,
        Model = name.Model,
    };

    /// <summary>An amount as people read it.</summary>
    public static string Usd(decimal usd) => "$" + usd.ToString("0.00########", CultureInfo.InvariantCulture);
}

/// <summary>Who was asked, for messages.</summary>
internal readonly record struct ModelRequestName(string Provider, string Model);
