namespace Omega.Gpt.Tests.Providers.Offline.Acceptance;

/// <summary>
/// Prompts written together with <see cref="FrozenPrompts"/> and kept away from the rules until they were done: thirty over
/// <see cref="EverydayFunctions"/>, and fifteen over <see cref="HouseholdFunctions"/>, whose definitions the rules had not met either.
/// </summary>
internal static class HeldOutPrompts
{
    public static IReadOnlyList<LabelledPrompt> Everyday { get; } =
    [
        new("Tell me the temperature in Reykjavik", "get_current_weather") { Arguments = """{"location":"Reykjavik"}""" },
        new("do I need an umbrella in Manchester?", "get_current_weather") { Arguments = """{"location":"Manchester"}""" },
        new("Add \"Team offsite\" to the calendar on 12 May 2025", "create_calendar_event") { Arguments = """{"title":"Team offsite","date":"2025-05-12"}""" },
        new("Invite ana@corp.com and li@corp.com to an event called \"Kickoff\" on 2025-09-01", "create_calendar_event")
        {
            Arguments = """{"title":"Kickoff","date":"2025-09-01","attendees":["ana@corp.com","li@corp.com"]}""",
        },
        new("Please mail support@shop.example with the subject \"Refund\" and the text \"I want my money back\"", "send_email")
        {
            Arguments = """{"to":"support@shop.example","subject":"Refund","body":"I want my money back"}""",
        },
        new("send an email to carl@example.org", "send_email") { Missing = "subject" },
        new("what's 75 CAD in AUD", "convert_currency") { Arguments = """{"amount":75,"from_currency":"CAD","to_currency":"AUD"}""" },
        new("I have 2 million yen, how many dollars is that?", "convert_currency") { Arguments = """{"amount":2000000,"from_currency":"JPY","to_currency":"USD"}""" },
        new("Show me the share price of NVDA", "get_stock_price") { Arguments = """{"symbol":"NVDA"}""" },
        new("quote for SAP on XETRA", "get_stock_price") { Arguments = """{"symbol":"SAP","exchange":"XETRA"}""" },
        new("5 feet 11 is how many centimeters? I mean, convert 71 inches to cm", "convertUnits") { Arguments = """{"value":71,"fromUnit":"inches","toUnit":"cm"}""" },
        new("how many cups in 2 liters", "convertUnits") { Arguments = """{"value":2,"fromUnit":"liters","toUnit":"cups"}""" },
        new("What's the French for \"cheese\"?", "translate_text") { Arguments = """{"text":"cheese","target_language":"French"}""" },
        new("translate \"Wie geht's?\" from German to English", "translate_text")
        {
            Arguments = """{"text":"Wie geht's?","target_language":"English","source_language":"German"}""",
        },
        new("remind me at noon to take my pills", "set_reminder") { Arguments = """{"text":"take my pills","time":"noon"}""" },
        new("Remind me to buy milk", "set_reminder") { Missing = "time" },
        new("Look up first class flights from Berlin to Madrid leaving 2025-10-02 and returning 2025-10-09", "search_flights")
        {
            Arguments = """{"origin":"Berlin","destination":"Madrid","departure_date":"2025-10-02","return_date":"2025-10-09","cabin_class":"first"}""",
        },
        new("I want to go from Oslo to Bergen by plane on 2025-06-20", "search_flights")
        {
            Arguments = """{"origin":"Oslo","destination":"Bergen","departure_date":"2025-06-20"}""",
        },
        new("Any rooms free in Prague between 2025-12-27 and 2026-01-02?", "find_hotels")
        {
            Arguments = """{"city":"Prague","check_in":"2025-12-27","check_out":"2026-01-02"}""",
        },
        new("dinner ideas with salmon and asparagus", "search_recipes") { Arguments = """{"ingredients":["salmon","asparagus"]}""" },
        new("What's the status of ORD-55555?", "track_order") { Arguments = """{"order_id":"ORD-55555"}""" },
        new("wake me up in 25 minutes", "start_timer") { Arguments = """{"duration_seconds":1500}""" },
        new("average of 12, 15 and 21", "calculate_statistics") { Arguments = """{"values":[12,15,21],"measures":["mean"]}""" },

        new("good evening"),
        new("What do you think about modern art?"),
        new("How tall is Mount Everest?"),
        new("Can you explain recursion to me?"),
        new("Who won the world cup in 1998?"),
        new("Write me a short poem about the sea"),
        new("Why is the time zone of China the same everywhere?"),
    ];

    public static IReadOnlyList<LabelledPrompt> Household { get; } =
    [
        new("Turn on the lights in the kitchen", "set_light") { Arguments = """{"room":"kitchen","on":true}""" },
        new("switch off the bedroom light", "set_light") { Arguments = """{"room":"bedroom","on":false}""" },
        new("Dim the living room lamp to 30%", "set_light") { Arguments = """{"room":"living_room","brightness":30}""" },
        new("Play \"Kind of Blue\" by Miles Davis", "play_music") { Arguments = """{"title":"Kind of Blue","artist":"Miles Davis"}""" },
        new("put on some jazz", "play_music") { Arguments = """{"genre":"jazz"}""" },
        new("I need a taxi from 5 Main Street to the airport", "order_taxi"),
        new("Get me a cab", "order_taxi") { Missing = "pickup" },
        new("Transfer 120.50 EUR to Maria Lopez for rent", "transfer_money") { Arguments = """{"recipient":"Maria Lopez","amount":120.5,"currency":"EUR"}""" },
        new("Add milk, eggs and bread to my shopping list", "add_to_list") { Arguments = """{"items":["milk","eggs","bread"]}""" },
        new("What are the headlines about climate change?", "get_news") { Arguments = """{"topic":"climate change"}""" },
        new("Set the heating to 21 degrees", "set_thermostat") { Arguments = """{"temperature":21}""" },
        new("Book a table for four at Chez Michel on 2025-02-14 at 19:30", "reserve_table"),
        new("What is love?"),
        new("How does a light bulb work?"),
        new("Describe the life of Mozart"),
    ];
}
