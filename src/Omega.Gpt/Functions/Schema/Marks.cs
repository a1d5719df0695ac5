namespace Omega.Gpt.Functions.Schema;

/// <summary>
/// Which properties (by position) or items of one value have been evaluated, for <c>unevaluatedProperties</c> and
/// <c>unevaluatedItems</c>.
/// </summary>
internal sealed class Marks
{
    private ulong _first;
    private ulong[] _rest = [];
    private bool _all;

    public bool Has(int index)
    {
        if (_all) return true;
        if (index < 64) return (_first >> index & 1) != 0;
        var word = index / 64 - 1;
        return word < _rest.Length && (_rest[word] >> (index & 63) & 1) != 0;
    }

    public void Set(int index)
    {
        if (index < 64)
        {
            _first |= 1UL << index;
            return;
        }
        var word = index / 64 - 1;
        if (word >= _rest.Length) Array.Resize(ref _rest, Math.Max(word + 1, _rest.Length * 2));
        _rest[word] |= 1UL << (index & 63);
    }

    public void SetAll() => _all = true;

    public void Merge(Marks other)
    {
        _all |= other._all;
        _first |= other._first;
        if (_rest.Length < other._rest.Length) Array.Resize(ref _rest, other._rest.Length);
        for (var i = 0; i < other._rest.Length; i++) _rest[i] |= other._rest[i];
    }
}
