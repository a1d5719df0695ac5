namespace Omega.Trading.Strategies;

/// <summary>When entries may be filled: by the time at which the next bar opens, UTC. Exits and stops are always on.</summary>
internal sealed class EntryHours
{
    private const long Hour = 3_600_000;
    private const long Day = 24 * Hour;

    // Bit h for hour h; bit d for day d, Monday being 0.
    private readonly int _hours;
    private readonly int _days;

    public EntryHours(int hours, int days) => (_hours, _days) = (hours, days);

    public const int AllHours = (1 << 24) - 1;

    public const int AllDays = (1 << 7) - 1;

    /// <param name="time">Milliseconds since 1970-01-01 UTC.</param>
    public bool Allows(long time)
    {
        // 1970-01-01 was a Thursday.
        var day = Math.DivRem(time, Day, out var rest);
        if (rest < 0)
            (day, rest) = (day - 1, rest + Day);
        var weekday = (int)((day % 7 + 7 + 3) % 7);
        return (_hours >> (int)(rest / Hour) & 1) != 0 && (_days >> weekday & 1) != 0;
    }

    /// <summary>In words: <c>mon tue, hours 8 9 10 (UTC)</c>.</summary>
    public override string ToString()
    {
        var days = string.Join(' ', EntryHoursReader.Weekdays.Where((_, day) => (_days >> day & 1) != 0));
        var hours = string.Join(' ', Enumerable.Range(0, 24).Where(hour => (_hours >> hour & 1) != 0));
        return $"{(_days == AllDays ? "every day" : days)}, {(_hours == AllHours ? "all hours" : $"hours {hours}")} (UTC)";
    }
}

/// <summary>Reads <c>hours</c> and <c>weekdays</c>.</summary>
internal static class EntryHoursReader
{
    public static readonly string[] Weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    /// <summary>Null where neither is given.</summary>
    public static EntryHours? Read(SpecValue? hours, SpecValue? weekdays) => hours is null && weekdays is null
        ? null
        : new EntryHours(hours is null ? EntryHours.AllHours : Hours(SpecReader.Object(hours)), weekdays is null ? EntryHours.AllDays : Days(weekdays));

    private static int Hours(SpecObject hours)
    {
        hours.Only("from", "to");
        var (from, to) = (Hour(hours.Need("from")), Hour(hours.Need("to")));
        if (from == to)
            throw hours.Place.Error("\"from\" and \"to\" are equal: no hour is left. \"to\" itself is not included; 22 to 6 goes over midnight.");
        var set = 0;
        for (var hour = from; hour != to; hour = (hour + 1) % 24)
            set |= 1 << hour;
        return set;
    }

    private static int Hour(SpecValue value)
    {
        var hour = SpecReader.Number(value);
        return hour is >= 0 and <= 23 && hour == Math.Floor(hour) ? (int)hour : throw value.Expected("an hour of the day (UTC), a whole number from 0 to 23");
    }

    private static int Days(SpecValue value)
    {
        var list = value as SpecList ?? throw value.Expected("a list of weekdays");
        var set = 0;
        foreach (var item in list.Items)
        {
            var index = Array.IndexOf(Weekdays, SpecReader.Text(item));
            if (index < 0)
                throw item.Expected(string.Join(", ", Weekdays));
            if ((set >> index & 1) != 0)
                throw item.Place.Error("The weekday is there twice.");
            set |= 1 << index;
        }

        return set != 0 ? set : throw value.Place.Error("There is no weekday: no entry would ever be made.");
    }
}
