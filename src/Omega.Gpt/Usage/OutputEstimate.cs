using System.Runtime.InteropServices;
using System.Text;

namespace Omega.Gpt.Usage;

/// <summary>
/// Tokens that an answer has come to, told as it arrives and without a vocabulary: at least one for each piece, for a provider sends no part
/// of a token, and about one for four bytes where it sends many at once. Mutable.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct OutputEstimate
{
    private const int BytesOfToken = 4;

    private long _counted;
    private long _pieces;
    private long _bytes;

    public readonly long Tokens => _counted + Math.Max(_pieces, _bytes / BytesOfToken);

    public void Add(string piece)
    {
        _pieces++;
        _bytes += Encoding.UTF8.GetByteCount(piece);
    }

    /// <summary>What has been added is known exactly; the estimate goes on from there.</summary>
    public void Settle(long counted) => (_counted, _pieces, _bytes) = (_counted + counted, 0, 0);
}
