namespace Omega.Trading;

/// <summary>What an import did to the candles that were kept before.</summary>
/// <param name="Series">All candles that are kept now.</param>
/// <param name="Added">Candles that were not kept before.</param>
/// <param name="Unchanged">Candles that were kept already, equal in every value.</param>
/// <param name="Differing">Candles that were kept already with other values; the kept ones stayed.</param>
/// <param name="Replaced">Candles that were kept already with other values and gave way.</param>
public sealed record CandleImport(CandleSeries Series, int Added, int Unchanged, int Differing, int Replaced);
