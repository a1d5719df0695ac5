using CsCheck;
using Omega.Cli.Editing;

namespace Omega.Cli.Tests.Editing;

/// <summary>Edits by chance.</summary>
internal static class EditGen
{
    /// <summary>Characters that never join with others.</summary>
    public static readonly Gen<string> Plain = Gen.OneOf("a", "b", "Z", "9", "_", " ", "-", "é", "日", "😀", "\n", "\t");

    /// <summary>Characters that do: accents, joiners, flags.</summary>
    public static readonly Gen<string> Joining = Gen.OneOf("e", "\u0301", "👩", "\u200D", "💻", "🇩", "🇪", "\n", " ", "한", "ᄀ", "ᅡ");

    private static readonly Gen<EditInput> Moves = Gen.OneOf(
        EditKey.Left, EditKey.Right, EditKey.WordLeft, EditKey.WordRight, EditKey.Home, EditKey.End, EditKey.Top, EditKey.Bottom, EditKey.Up, EditKey.Down,
        EditKey.Backspace, EditKey.Delete, EditKey.KillWordLeft, EditKey.KillWordRight, EditKey.KillToStart, EditKey.KillToEnd, EditKey.Yank, EditKey.NewLine)
        .Select(key => new EditInput(key));

    /// <summary>Up to 60 edits, most of which put something in.</summary>
    public static Gen<EditInput[]> Edits(Gen<string> characters) =>
        Gen.Frequency((3, characters.Select(text => new EditInput(EditKey.Insert, text))), (2, Moves)).Array[0, 60];
}
