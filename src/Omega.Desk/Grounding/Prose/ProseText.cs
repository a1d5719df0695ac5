namespace Omega.Desk.Prose;

/// <summary>A text with what was found in it: tokens, blocks, sentences and their segments, terms and figures.</summary>
internal sealed class ProseText
{
    private ProseText(string text, Vocabulary vocabulary)
    {
        (Text, Vocabulary) = (text, vocabulary);
        Blocks = BlockReader.Read(text, Math.Min(text.Length, Grounding.LongestText), Tokens);
        (MentionAt, Taken) = (new Mention?[Tokens.Count], new bool[Tokens.Count]);
        (Sentences, Segments, BlockAt) = (new int[Tokens.Count], new int[Tokens.Count], new Block[Tokens.Count]);
        FigureAt = new ProseFigure?[Tokens.Count];
    }

    public string Text { get; }

    public Vocabulary Vocabulary { get; }

    public List<Token> Tokens { get; } = [];

    public List<Block> Blocks { get; }

    /// <summary>In the order of the text.</summary>
    public List<Mention> Mentions { get; } = [];

    /// <summary>The term that a token belongs to.</summary>
    public Mention?[] MentionAt { get; }

    /// <summary>Numbers that belong to names, times and lists: no figures.</summary>
    public bool[] Taken { get; }

    /// <summary>The sentence of each token, counted from 0.</summary>
    public int[] Sentences { get; }

    /// <summary>The segment of each token, counted from 0: what stands between commas, brackets and words that part.</summary>
    public int[] Segments { get; }

    public Block[] BlockAt { get; }

    public List<ProseFigure> Figures { get; } = [];

    public ProseFigure?[] FigureAt { get; }

    /// <summary>Whether there was more than is looked at.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Reads a text.</summary>
    public static ProseText Read(string text, Vocabulary vocabulary)
    {
        var prose = new ProseText(text, vocabulary) { IsCut = text.Length > Grounding.LongestText };
        TermScanner.Scan(prose);
        FigureReader.Read(prose);
        Segmenter.Part(prose);
        Labeller.Label(prose);
        if (prose.Figures.Count > Grounding.MostFigures)
        {
            prose.Figures.RemoveRange(Grounding.MostFigures, prose.Figures.Count - Grounding.MostFigures);
            prose.IsCut = true;
        }

        return prose;
    }

    /// <summary>A token, or one that is nothing where the block has none there.</summary>
    public Token At(int index, Block block) => index >= block.First && index < block.End ? Tokens[index] : default;
}
