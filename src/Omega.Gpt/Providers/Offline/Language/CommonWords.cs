using System.Collections.Frozen;

namespace Omega.Gpt.Providers.Offline;

/// <summary>Words that say little about what a prompt wants.</summary>
internal static class CommonWords
{
    private static readonly FrozenSet<string> Filler = Stems("""
        a an the this that these those there here it its i me my mine you your yours he she they them their we us our one ones
        is are was were be been being am do does did done have has had having will would shall should can could may might must
        dont doesnt didnt isnt arent wasnt wont cant couldnt wouldnt shouldnt not no yes ok okay
        of in on at by for with from to into onto about as than over under between up down out off after before per via within without
        and or but if then so because while also too very just only even still yet again please kindly thanks thank
        what which who whom whose when where why how want need like wish let lets go going get got give tell show know
        some any all each every both few many much more most other another such same own thing things something anything
        now today right current currently latest new good best available given e.g eg i.e ie etc user users use used using based
        hi hello hey im ive ill id whats hows
        """);

    private static readonly FrozenSet<string> Verbs = Stems("""
        get fetch retrieve obtain find search look lookup list show give tell check see create add make new set update change
        modify edit run do start begin compute use return returns provide query read display perform execute process handle manage
        generate view open load request submit post put call calls return data info information details value values result results
        tool function api service item items
        """);

    /// <summary>Whether the word is grammar or politeness.</summary>
    public static bool IsFiller(string stem) => Filler.Contains(stem);

    /// <summary>Whether the word is a verb or noun that half of all functions have in their names.</summary>
    public static bool IsGeneric(string stem) => Verbs.Contains(stem);

    private static FrozenSet<string> Stems(string words) =>
        words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Stemmer.Stem).ToFrozenSet(StringComparer.Ordinal);
}
