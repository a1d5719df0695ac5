using System.Globalization;

namespace Omega.Gpt.Usage;

/// <summary>What a limit holds for. The numbers are in the ledger's file.</summary>
internal enum BudgetScope
{
    Turn = 1,
    Session = 2,
    Day = 3,
    Month = 4,
}

/// <summary>One account that a call is charged to: a scope and which turn, session, day or month.</summary>
internal readonly record struct BudgetAccount(BudgetScope Scope, string Key)
{
    /// <summary>The scope's name in events.</summary>
    public string Name => Scope switch
    {
        BudgetScope.Turn => "turn",
        BudgetScope.Session => "session",
        BudgetScope.Day => "day",
        _ => "month",
    };

    public static BudgetAccount OfTurn(string? session, string? turn) => new(BudgetScope.Turn, $"{session}/{turn}");

    /// <summary>What belongs to no session has one account together.</summary>
    public static BudgetAccount OfSession(string? session) => new(BudgetScope.Session, session ?? "");

    public static BudgetAccount OfDay(DateTimeOffset at) => new(BudgetScope.Day, at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    public static BudgetAccount OfMonth(DateTimeOffset at) => new(BudgetScope.Month, at.UtcDateTime.ToString("yyyy-MM", CultureInfo.InvariantCulture));
}

/// <summary>A limit on an account, and how much of it is spent or reserved.</summary>
internal readonly record struct BudgetState(BudgetAccount Account, decimal Limit, decimal Spent)
{
    public decimal Left => Limit - Spent;
}
