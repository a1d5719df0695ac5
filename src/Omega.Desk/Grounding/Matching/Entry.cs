namespace Omega.Desk.Matching;

/// <summary>An entry of a list in a result, by the pointer to one of its figures.</summary>
/// <param name="List">The pointer to the list.</param>
/// <param name="Index">Which entry.</param>
/// <param name="Leaf">The rest of the pointer.</param>
internal sealed record Entry(string List, string Index, string Leaf)
{
    /// <summary>The innermost entry that a pointer leads through; null where it leads through none.</summary>
    public static Entry? Of(string pointer)
    {
        for (var end = pointer.LastIndexOf('/'); end > 0;)
        {
            var start = pointer.LastIndexOf('/', end - 1);
            if (start >= 0 && end > start + 1 && pointer.AsSpan(start + 1, end - start - 1).IndexOfAnyExceptInRange('0', '9') < 0)
                return new Entry(pointer[..start], pointer[(start + 1)..end], pointer[end..]);
            end = start;
        }

        return null;
    }
}
