namespace Omega.Gpt;

/// <summary>Which rows of a ledger, and how to group them.</summary>
public sealed record UsageQuery
{
    /// <summary>What a group is. Default <see cref="UsageGroup.Day"/>.</summary>
    public UsageGroup By { get; init; }

    /// <summary>Only what began at this moment or later; null for all.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Only what began before this moment; null for all.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>What a group of a report is.</summary>
public enum UsageGroup
{
    /// <summary>A day of UTC.</summary>
    Day,

    /// <summary>A provider and a model, as it was asked for.</summary>
    Model,

    /// <summary>A conversation.</summary>
    Session,

    /// <summary>
    /// A function that models called. Where a call of a model called several, its tokens and its cost are divided among them; what called
    /// none is a group of its own.
    /// </summary>
    Function,

    /// <summary>A key's id.</summary>
    Key,
}
