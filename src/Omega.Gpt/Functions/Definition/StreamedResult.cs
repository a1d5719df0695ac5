namespace Omega.Gpt;

/// <summary>What the model gets of a result that a function yields item by item. Each item is shown as progress all the same.</summary>
public enum StreamedResult
{
    /// <summary>An array of all items. The default.</summary>
    All,

    /// <summary>The last item, or null when there was none: for functions that yield ever better answers.</summary>
    Last,

    /// <summary>How many items there were.</summary>
    Count,
}
