using System.Text;

namespace Omega.Gpt.Providers.Http;

/// <summary>
/// Looks for one secret in a text that comes in pieces (Knuth, Morris and Pratt). The first characters of what may become it are given out
/// at once, so that a word's end is not kept back for looking like its beginning; the rest waits until it is known.
/// </summary>
internal sealed class SecretMatch
{
    private const string Mark = "[key]";
    private const int MostGiven = 7; // about as much as the fixed beginning of a key, which is no secret

    private readonly string _secret;
    private readonly int[] _borders;
    private readonly int _free;
    private int _matched;
    private int _given;

    public SecretMatch(string secret)
    {
        _secret = secret;
        _free = Math.Min(MostGiven, secret.Length / 3);
        _borders = new int[secret.Length];
        for (var i = 1; i < secret.Length; i++)
        {
            var border = _borders[i - 1];
            while (border > 0 && secret[border] != secret[i])
                border = _borders[border - 1];
            _borders[i] = secret[border] == secret[i] ? border + 1 : 0;
        }
    }

    /// <summary>Whether something waits that may become the secret.</summary>
    public bool IsOpen => _matched > _given;

    /// <summary>Whether the secret ended in what was pushed last.</summary>
    public bool WasFound { get; private set; }

    /// <summary>What may be given out now: the same text where nothing of it can be of the secret.</summary>
    public string Push(string text)
    {
        WasFound = false;
        return PassesWhole(text) ? text : Filter(text);
    }

    /// <summary>What was kept back and is not of the secret after all: nothing follows.</summary>
    public string Flush()
    {
        var held = _secret[_given.._matched];
        (_matched, _given) = (0, 0);
        return held;
    }

    // Nearly all text: it is read along, and neither kept nor copied.
    private bool PassesWhole(string text)
    {
        if (IsOpen)
            return false;
        var matched = _matched;
        for (var i = matched > 0 ? 0 : text.IndexOf(_secret[0]); (uint)i < (uint)text.Length; i++)
        {
            matched = Next(matched, text[i]);
            if (matched > _free)
                return false;
            if (matched == 0)
            {
                var next = text.AsSpan(i + 1).IndexOf(_secret[0]);
                if (next < 0)
                    break;
                i += next;
            }
        }

        (_matched, _given) = (matched, matched);
        return true;
    }

    private string Filter(string text)
    {
        var output = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            while (_matched > 0 && _secret[_matched] != c)
                Shorten(_borders[_matched - 1], output);
            if (_secret[_matched] != c)
            {
                output.Append(c);
                continue;
            }

            _matched++;
            Give(Math.Min(_matched, _free), output);
            if (_matched < _secret.Length)
                continue;
            output.Length -= Math.Min(_given, output.Length);
            output.Append(Mark);
            (_matched, _given, WasFound) = (0, 0, true);
        }

        return output.ToString();
    }

    // What has matched so far is no beginning of the secret; a shorter end of it may be one.
    private void Shorten(int border, StringBuilder output)
    {
        var passed = _matched - border;
        Give(passed + Math.Min(border, _free), output);
        (_matched, _given) = (border, Math.Min(border, _given - passed));
    }

    private void Give(int count, StringBuilder output)
    {
        if (count <= _given)
            return;
        output.Append(_secret, _given, count - _given);
        _given = count;
    }

    private int Next(int matched, char c)
    {
        while (matched > 0 && _secret[matched] != c)
            matched = _borders[matched - 1];
        return _secret[matched] == c ? matched + 1 : 0;
    }
}
