namespace Omega.Gpt.Functions.Schema;

/// <summary>The property names of one object, taken piece by piece; kept and cleared rather than made anew.</summary>
internal sealed class NameSet
{
    private byte[] _text = new byte[128];
    private (int Start, int Length, int Hash, int Next)[] _names = new (int, int, int, int)[8];
    private int[] _buckets = new int[16];
    private int _count;
    private int _start;
    private int _end;

    /// <summary>The name last begun.</summary>
    public ReadOnlySpan<byte> Current => _text.AsSpan(_start, _end - _start);

    public void Clear()
    {
        _count = _start = _end = 0;
        // One large object must not make each small one after it pay for clearing.
        if (_buckets.Length > 256) _buckets = new int[16];
        Array.Clear(_buckets);
    }

    public void Begin() => _start = _end;

    public void Append(ReadOnlySpan<byte> utf8)
    {
        if (_end + utf8.Length > _text.Length) Array.Resize(ref _text, Math.Max(_text.Length * 2, _end + utf8.Length));
        utf8.CopyTo(_text.AsSpan(_end));
        _end += utf8.Length;
    }

    /// <summary>Ends the current name. False where the object already has it.</summary>
    public bool End()
    {
        var hash = Hash(Current);
        if (Find(Current, hash)) return false;
        if (_count == _names.Length) Array.Resize(ref _names, _count * 2);
        _names[_count++] = (_start, _end - _start, hash, 0);
        if (_count * 2 > _buckets.Length) Rebuild();
        else Link(_count - 1);
        return true;
    }

    public bool Contains(ReadOnlySpan<byte> name) => Find(name, Hash(name));

    private bool Find(ReadOnlySpan<byte> name, int hash)
    {
        // Links are one more than the index, so that a cleared bucket is an empty one.
        for (var link = _buckets[hash & (_buckets.Length - 1)]; link != 0; link = _names[link - 1].Next)
        {
            ref var other = ref _names[link - 1];
            if (other.Hash == hash && name.SequenceEqual(_text.AsSpan(other.Start, other.Length))) return true;
        }
        return false;
    }

    private void Rebuild()
    {
        _buckets = new int[_buckets.Length * 2];
        for (var i = 0; i < _count; i++) Link(i);
    }

    private void Link(int index)
    {
        ref var bucket = ref _buckets[_names[index].Hash & (_buckets.Length - 1)];
        _names[index].Next = bucket;
        bucket = index + 1;
    }

    /// <summary>Seeded per process: names come from a model and must not be able to collide on purpose.</summary>
    private static int Hash(ReadOnlySpan<byte> name)
    {
        var hash = new HashCode();
        hash.AddBytes(name);
        return hash.ToHashCode();
    }
}
