using System.Runtime.InteropServices;

namespace Omega.Gpt.Usage;

/// <summary>What a part of a ledger adds up to by group, and in all what is in no group or in several.</summary>
internal sealed class UsageSums
{
    private const int RowsBetweenLooks = 16_384;

    /// <summary>Everything, once <see cref="AddUp"/> has been called.</summary>
    public UsageTally Total { get; } = new();

    /// <summary>Groups that have a number and no name yet.</summary>
    public Dictionary<long, UsageTally> Numbered { get; } = [];

    /// <summary>Groups by name.</summary>
    public Dictionary<string, UsageTally> Named { get; } = new(StringComparer.Ordinal);

    /// <summary>Adds rows.</summary>
    public void Add(AttemptScan rows, UsageGroup by, CancellationToken cancellationToken)
    {
        // Rows of a group often follow each other.
        var (lastKey, last) = (long.MinValue, (UsageTally?)null);
        for (var count = 0; rows.Read(); count++)
        {
            if (count % RowsBetweenLooks == 0)
                cancellationToken.ThrowIfCancellationRequested();
            var attempt = rows.Attempt;
            if (!IsDivided(by))
            {
                Total.Add(attempt);
                AddByFunction(attempt, rows.Functions);
                continue;
            }

            var key = rows.Key;
            if (last is null || key != lastKey)
            {
                ref var tally = ref CollectionsMarshal.GetValueRefOrAddDefault(Numbered, key, out _);
                (lastKey, last) = (key, tally ??= new UsageTally());
            }

            last.Add(attempt);
        }
    }

    /// <summary>Adds another part, whose groups have their names.</summary>
    public void Add(UsageSums other)
    {
        Total.Add(other.Total);
        foreach (var (name, tally) in other.Named)
            Of(name).Add(tally);
    }

    /// <summary>Adds the groups up to <see cref="Total"/>, where they are its parts. Nothing may be added any more.</summary>
    public void AddUp(UsageGroup by)
    {
        if (!IsDivided(by))
            return;
        foreach (var tally in Named.Values)
            Total.Add(tally);
    }

    /// <summary>Whether a row is in one group alone. By function it may be in several, and what was divided among them would be counted as often.</summary>
    public static bool IsDivided(UsageGroup by) => by != UsageGroup.Function;

    /// <summary>The group of a name.</summary>
    public UsageTally Of(string name)
    {
        ref var tally = ref CollectionsMarshal.GetValueRefOrAddDefault(Named, name, out _);
        return tally ??= new UsageTally();
    }

    private void AddByFunction(in TalliedAttempt attempt, string functions)
    {
        var names = functions.Split(' ');
        for (var i = 0; i < names.Length; i++)
            Of(names[i]).Add(attempt, i, names.Length);
    }
}
