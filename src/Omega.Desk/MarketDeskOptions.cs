namespace Omega.Desk;

/// <summary>What the functions of a <see cref="MarketDesk"/> may do.</summary>
public sealed record MarketDeskOptions
{
    /// <summary>
    /// The only files that functions may read, each as the person spelled it. A model that names another one is refused. See
    /// <see cref="CandleFileNames"/> for those that a prompt names.
    /// </summary>
    /// <value>Default none.</value>
    public IReadOnlyList<string> CandleFiles { get; init; } = [];
}
