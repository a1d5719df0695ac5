using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Omega.Gpt.Usage;

/// <summary>
/// Corrects rows whose process ended before it could. A settled row has a cost and no duration, by which it can be told from one that its own
/// call completed: what the call itself says, should it still run, takes the settlement's place.
/// </summary>
internal static class UsageSettling
{
    /// <summary>Writes down what an open call came to.</summary>
    /// <param name="tables">The ledger.</param>
    /// <param name="id">The row.</param>
    /// <param name="costUsd">US dollars; null where it was never sent.</param>
    /// <exception cref="GptException">There is no such row, or its own call has completed it.</exception>
    public static UsageRecord Settle(UsageTables tables, long id, decimal? costUsd)
    {
        var row = UsageReading.Find(tables.Connection, id);
        if (row is null)
            throw Refused($"There is no call {Number(id)} in the usage ledger.");
        if (row is { Outcome: not AttemptOutcome.Open, TotalMs: not null })
            throw Refused($"Call {Number(id)} has ended by itself ({row.Outcome.ToString().ToLowerInvariant()}{(row.Cost is { } known ? $", {BudgetGate.Usd(known.Usd)}" : "")}): only what is open can be settled.");

        var cost = Picodollars.Of(costUsd ?? 0);
        var charged = row.Outcome == AttemptOutcome.Open ? row.ReservedUsd : row.Cost?.Usd;
        using (var command = tables.Connection.CreateCommand())
        {
            command.CommandText = "UPDATE attempts SET outcome = $outcome, cost = $cost, cost_kind = $kind WHERE id = $id";
            command.Parameters.AddWithValue("$outcome", (long)(costUsd is null ? AttemptOutcome.Failed : AttemptOutcome.Interrupted));
            command.Parameters.AddWithValue("$cost", cost);
            // A person knows it from the provider's bill; what was not sent has no price but the catalogue's nothing.
            command.Parameters.AddWithValue("$kind", (long)(costUsd is null ? CostSource.Catalogue : CostSource.Provider) * 2);
            command.Parameters.AddWithValue("$id", id);
            command.ExecuteNonQuery();
        }

        var opening = new AttemptOpening { At = row.At, Session = row.Session, Turn = row.Turn, Step = row.Step, Number = row.Attempt, Provider = row.Provider, Model = row.Model };
        tables.Charge(opening, cost - Picodollars.Of(charged ?? 0), isTurnLimited: tables.IsKnown(BudgetAccount.OfTurn(row.Session, row.Turn)));
        return UsageReading.Find(tables.Connection, id)!;
    }

    /// <summary>Opens a settled row again, for its own call has come to its end.</summary>
    /// <returns>What it was settled at, in picodollars; null where it is not settled.</returns>
    public static long? Reopen(SqliteConnection connection, long id)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE attempts SET outcome = 0 WHERE id = $id AND outcome <> 0 AND total_us IS NULL RETURNING ifnull(cost, 0)";
        command.Parameters.AddWithValue("$id", id);
        return command.ExecuteScalar() as long?;
    }

    private static GptException Refused(string message) => new(GptErrorKind.BadRequest, message) { Phase = GptPhase.Request };

    private static string Number(long id) => id.ToString(CultureInfo.InvariantCulture);
}
