using System.Collections;

namespace Omega.Trading.Execution;

/// <summary>
/// A list that only grows. In blocks: nothing is copied as it grows, and no array becomes so large that the runtime keeps it apart and
/// gives it back to the system after every run.
/// </summary>
internal sealed class Ledger<T> : IReadOnlyList<T>
{
    private const int BlockBits = 8;
    private const int BlockLength = 1 << BlockBits;

    private readonly List<T[]> _blocks = [];
    private T[] _last = [];
    private int _used;

    public int Count { get; private set; }

    public T this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            return _blocks[index >> BlockBits][index & (BlockLength - 1)];
        }
    }

    public void Add(in T item)
    {
        if (_used == _last.Length)
        {
            _last = GC.AllocateUninitializedArray<T>(BlockLength);
            _blocks.Add(_last);
            _used = 0;
        }

        _last[_used++] = item;
        Count++;
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
