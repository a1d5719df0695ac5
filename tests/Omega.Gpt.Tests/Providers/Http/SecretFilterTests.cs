using System.Text;
using CsCheck;
using Omega.Gpt.Providers;
using Omega.Gpt.Providers.Http;

namespace Omega.Gpt.Tests.Providers.Http;

public sealed class SecretFilterTests
{
    private const string Key = "sk-planted-0123456789";

    private static readonly WireSecrets Secrets = WireSecrets.Of(new Uri("http://host/")).With(Key);

    // Few letters, so that beginnings of the secret recur in the text and in the secret itself.
    private static readonly Gen<string> Letters = Gen.OneOf('a', 'b').Array[12, 18].Select(letters => new string(letters));

    [Fact]
    public void Push_AnyTextInAnyPieces_GivesAllButTheSecret() => Gen.Select(
        Letters,
        Gen.Select(Gen.Bool, Gen.OneOf('a', 'b', 'x').Array[0, 14], (isSecret, letters) => isSecret ? null : new string(letters)).List[0, 8],
        Gen.Int[1, 9].List[1, 12]).Sample((secret, parts, cuts) =>
    {
        var text = string.Concat(parts.Select(part => part ?? secret));
        var match = new SecretMatch(secret);
        var output = new StringBuilder();
        for (var (at, turn) = (0, 0); at < text.Length; turn++)
        {
            var length = Math.Min(cuts[turn % cuts.Count], text.Length - at);
            output.Append(match.Push(text.Substring(at, length)));
            at += length;
        }

        output.Append(match.Flush());
        AssertIs(output.ToString(), text.Split(secret), secret);

        var whole = new SecretMatch(secret);
        Assert.Equal(text.Replace(secret, "[key]", StringComparison.Ordinal), whole.Push(text) + whole.Flush());
    });

    [Theory]
    [InlineData("This is his")]
    [InlineData("The key begins with sk-p")]
    [InlineData("sk")]
    public void Apply_TextThatIsNoSecret_PassesAtOnceAndUncopied(string text)
    {
        var deltas = new List<ModelDelta> { new TextDelta(text) };
        var delta = deltas[0];

        SecretFilter.Of(Secrets)!.Apply(deltas);

        Assert.Same(delta, Assert.Single(deltas));
    }

    [Fact]
    public void Apply_SecretInPieces_IsMarkedAndWhatFollowsIsWhole()
    {
        Assert.Equal("I am sk-plan[key]! Bye", string.Concat(Pieces("I am sk-pl", "anted-", "0123", "456789! ", "Bye").OfType<TextDelta>().Select(delta => delta.Text)));
        Assert.Equal("I am [key]!", string.Concat(Pieces($"I am {Key}!").OfType<TextDelta>().Select(delta => delta.Text)));
        Assert.Equal("I am sk-planted-0123", string.Concat(Pieces("I am sk-planted-", "0123").OfType<TextDelta>().Select(delta => delta.Text)));
    }

    [Fact]
    public void Apply_KeptBackText_IsGivenBeforeWhateverComesNext()
    {
        var filter = SecretFilter.Of(Secrets)!;
        var deltas = new List<ModelDelta> { new TextDelta("sk-planted-01"), new CallArgumentsDelta(0, "sk-planted-"), new CallArgumentsDelta(1, "0123456789"), new FinishedDelta(FinishReason.Stop, $"stop {Key}") };

        filter.Apply(deltas);

        Assert.Equal(
            [new TextDelta("sk-plan"), new TextDelta("ted-01"), new CallArgumentsDelta(0, "sk-plan"), new CallArgumentsDelta(0, "ted-"), new CallArgumentsDelta(1, "0123456789"), new FinishedDelta(FinishReason.Stop, "stop [key]")],
            deltas);
    }

    [Fact]
    public void Apply_EachEvent_SaysWhetherASecretIsInItOrMayBegin()
    {
        var filter = SecretFilter.Of(Secrets)!;

        Assert.Equal(SecretPassage.Clear, Passage(new TextDelta("I am sk-plan")));
        Assert.Equal(SecretPassage.Open, Passage(new TextDelta("ted-")));
        Assert.Equal(SecretPassage.Open, Passage());
        Assert.Equal(SecretPassage.Secret, Passage(new TextDelta("0123456789 and so on")));
        Assert.Equal(SecretPassage.Clear, Passage(new TextDelta(".")));
        Assert.Equal(SecretPassage.Open, Passage(new TextDelta("sk-planted-01")));
        Assert.Equal(SecretPassage.Clear, Passage(new TextDelta("ab")));
        Assert.Equal(SecretPassage.Secret, Passage(new StartedDelta(Key, null, null)));
        Assert.Equal(SecretPassage.Clear, Passage(new StartedDelta("id", null, null)));

        SecretPassage Passage(params IEnumerable<ModelDelta> deltas) => filter.Apply([.. deltas]);
    }

    [Fact]
    public void Apply_WholeFields_LoseTheSecret()
    {
        var deltas = new List<ModelDelta> { new StartedDelta(Key, Key, Key), new CallStartedDelta(0, Key), new OpaqueDelta(new OpaquePart("p", "m", "k", $"\"{Key}\"")) };

        SecretFilter.Of(Secrets)!.Apply(deltas);

        Assert.Equal([new StartedDelta("[key]", "[key]", "[key]"), new CallStartedDelta(0, "[key]"), new OpaqueDelta(new OpaquePart("p", "m", "k", "\"[key]\""))], deltas);
    }

    [Theory]
    [InlineData("http://user:p%40ssword-1@host/v1?api-version=2024-10-01&api_key=abcdefgh1", "p%40ssword-1|p@ssword-1|abcdefgh1", "2024-10-01")]
    [InlineData("http://host/v1", "", "host")]
    public void Of_BaseUrl_KnowsWhatItCarries(string url, string secrets, string harmless)
    {
        var known = WireSecrets.Of(new Uri(url));

        Assert.Equal(secrets.Split('|', StringSplitOptions.RemoveEmptyEntries).Order(), known.All.Order());
        Assert.Equal(harmless, known.Remove(harmless));
        Assert.All(known.All, secret => Assert.Equal("([key])", known.Redact($"({secret})")));
    }

    private static List<ModelDelta> Pieces(params string[] pieces)
    {
        var filter = SecretFilter.Of(Secrets)!;
        var all = new List<ModelDelta>();
        foreach (var piece in pieces)
        {
            var deltas = new List<ModelDelta> { new TextDelta(piece) };
            filter.Apply(deltas);
            all.AddRange(deltas);
        }

        var end = new List<ModelDelta> { new FinishedDelta(FinishReason.Stop, null) };
        filter.Apply(end);
        all.AddRange(end);
        return all;
    }

    /// <summary>The parts around the secrets, whole; in the place of each secret a mark, with no more than its beginning before it.</summary>
    private static void AssertIs(string output, string[] parts, string secret)
    {
        var rest = output;
        for (var i = 0; i < parts.Length; i++)
        {
            Assert.StartsWith(parts[i], rest, StringComparison.Ordinal);
            rest = rest[parts[i].Length..];
            if (i == parts.Length - 1)
                break;
            var mark = rest.IndexOf("[key]", StringComparison.Ordinal);
            Assert.InRange(mark, 0, secret.Length / 3);
            Assert.StartsWith(rest[..mark], secret, StringComparison.Ordinal);
            rest = rest[(mark + 5)..];
        }

        Assert.Equal("", rest);
    }
}
