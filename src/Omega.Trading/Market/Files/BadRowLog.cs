using System.Collections.Frozen;

namespace Omega.Trading;

/// <summary>Counts bad rows and keeps the first of each kind.</summary>
internal sealed class BadRowLog(int mostOfEach)
{
    private static readonly int Kinds = Enum.GetValues<BadRowKind>().Length;

    private readonly long[] _counts = new long[Kinds];
    private readonly List<BadRow> _rows = [];

    public long Count => _counts.Sum();

    public IReadOnlyDictionary<BadRowKind, long> Counts =>
        Enum.GetValues<BadRowKind>().Where(kind => _counts[(int)kind] > 0).ToFrozenDictionary(kind => kind, kind => _counts[(int)kind]);

    /// <summary>The rows kept, by line.</summary>
    public IReadOnlyList<BadRow> Rows => [.. _rows.OrderBy(row => row.Line)];

    /// <summary>Counts a row; true where it is to be listed too, so that reasons are written for those alone.</summary>
    public bool Add(BadRowKind kind) => ++_counts[(int)kind] <= mostOfEach;

    public void List(long line, BadRowKind kind, string reason) => _rows.Add(new BadRow(line, kind, reason));
}
