namespace Omega.Gpt.Tests.Providers.Offline.Acceptance;

/// <summary>Sixty prompts over <see cref="EverydayFunctions"/>, written before the rules and not changed since.</summary>
internal static class FrozenPrompts
{
    public static IReadOnlyList<LabelledPrompt> All { get; } =
    [
        new("What's the weather like in Paris right now?", "get_current_weather") { Arguments = """{"location":"Paris"}""" },
        new("Is it going to rain in Seattle, WA today?", "get_current_weather") { Arguments = """{"location":"Seattle, WA"}""" },
        new("How hot is it in Dubai in fahrenheit?", "get_current_weather") { Arguments = """{"location":"Dubai","unit":"fahrenheit"}""" },
        new("weather?", "get_current_weather") { Missing = "location" },

        new("Schedule a meeting called \"Design review\" on 2025-03-14 at 15:00 for 45 minutes", "create_calendar_event")
        {
            Arguments = """{"title":"Design review","date":"2025-03-14","start_time":"15:00","duration_minutes":45}""",
        },
        new("Put lunch with Ana on my calendar for April 2, 2025", "create_calendar_event") { Arguments = """{"title":"lunch with Ana","date":"2025-04-02"}""" },
        new("Book a dentist appointment", "create_calendar_event") { Missing = "date" },

        new("Send an email to jane.doe@example.com with subject \"Invoice 42\" and body \"The invoice is attached.\"", "send_email")
        {
            Arguments = """{"to":"jane.doe@example.com","subject":"Invoice 42","body":"The invoice is attached."}""",
        },
        new("Email the whole team that the release is delayed", "send_email") { Missing = "to" },
        new("Write to bob@acme.io, subject Lunch, saying \"See you at noon\"", "send_email")
        {
            Arguments = """{"to":"bob@acme.io","subject":"Lunch","body":"See you at noon"}""",
        },

        new("How much is 250 US dollars in euros?", "convert_currency") { Arguments = """{"amount":250,"from_currency":"USD","to_currency":"EUR"}""" },
        new("Convert 1.5k GBP to JPY", "convert_currency") { Arguments = """{"amount":1500,"from_currency":"GBP","to_currency":"JPY"}""" },
        new("change $50,000 into Swiss francs", "convert_currency") { Arguments = """{"amount":50000,"from_currency":"USD","to_currency":"CHF"}""" },
        new("Convert 300 to EUR", "convert_currency") { Missing = "from_currency" },

        new("What is AAPL trading at?", "get_stock_price") { Arguments = """{"symbol":"AAPL"}""" },
        new("How is TSLA doing on NASDAQ?", "get_stock_price") { Arguments = """{"symbol":"TSLA","exchange":"NASDAQ"}""" },
        new("stock price please", "get_stock_price") { Missing = "symbol" },

        new("How many kilometers are 26.2 miles?", "convertUnits") { Arguments = """{"value":26.2,"fromUnit":"miles","toUnit":"kilometers"}""" },
        new("Convert 180 pounds to kilograms", "convertUnits") { Arguments = """{"value":180,"fromUnit":"pounds","toUnit":"kilograms"}""" },
        new("What's 98.6 F in celsius", "convertUnits") { Arguments = """{"value":98.6,"fromUnit":"F","toUnit":"celsius"}""" },

        new("Translate \"Good morning, everyone\" into Spanish", "translate_text") { Arguments = """{"text":"Good morning, everyone","target_language":"Spanish"}""" },
        new("How do you say 'where is the train station' in Japanese?", "translate_text")
        {
            Arguments = """{"text":"where is the train station","target_language":"Japanese"}""",
        },
        new("Translate this into German", "translate_text") { Missing = "text" },

        new("Remind me to call mom at 6pm", "set_reminder") { Arguments = """{"text":"call mom","time":"6pm"}""" },
        new("Don't let me forget to water the plants tomorrow morning", "set_reminder") { Arguments = """{"text":"water the plants","time":"tomorrow morning"}""" },
        new("Set a reminder for Friday at 9:00 to submit the tax return", "set_reminder") { Arguments = """{"text":"submit the tax return","time":"Friday at 9:00"}""" },

        new("Find flights from London to Rome on 2025-05-01", "search_flights")
        {
            Arguments = """{"origin":"London","destination":"Rome","departure_date":"2025-05-01"}""",
        },
        new("I need to fly from New York to Tokyo on June 3, 2025, business class, 2 passengers", "search_flights")
        {
            Arguments = """{"origin":"New York","destination":"Tokyo","departure_date":"2025-06-03","passengers":2,"cabin_class":"business"}""",
        },
        new("Are there any flights to Lisbon next month?", "search_flights") { Missing = "origin" },

        new("Find me a hotel in Barcelona from 2025-07-10 to 2025-07-14 for 2 guests", "find_hotels")
        {
            Arguments = """{"city":"Barcelona","check_in":"2025-07-10","check_out":"2025-07-14","guests":2}""",
        },
        new("Where can I stay in Kyoto under $150 a night? Check in 2025-04-01, check out 2025-04-05", "find_hotels")
        {
            Arguments = """{"city":"Kyoto","check_in":"2025-04-01","check_out":"2025-04-05","max_price":150}""",
        },
        new("I'm looking for a 4 star hotel in Vienna", "find_hotels") { Missing = "check_in" },

        new("What can I cook with chicken, rice and broccoli?", "search_recipes") { Arguments = """{"ingredients":["chicken","rice","broccoli"]}""" },
        new("Find a vegetarian Italian recipe with tomatoes that takes at most 30 minutes", "search_recipes")
        {
            Arguments = """{"ingredients":["tomatoes"],"cuisine":"italian","vegetarian":true,"max_minutes":30}""",
        },
        new("Give me some Thai recipes using coconut milk", "search_recipes") { Arguments = """{"ingredients":["coconut milk"],"cuisine":"thai"}""" },

        new("Where is my order ORD-48213?", "track_order") { Arguments = """{"order_id":"ORD-48213"}""" },
        new("Has order number ORD-10077 shipped yet?", "track_order") { Arguments = """{"order_id":"ORD-10077"}""" },
        new("track my package", "track_order") { Missing = "order_id" },

        new("Search for files named *.log in /var/log modified after 2025-01-01", "search_files")
        {
            Arguments = """{"pattern":"*.log","directory":"/var/log","modified_after":"2025-01-01"}""",
        },
        new("Find all PDF files in ~/Documents", "search_files") { Arguments = """{"directory":"~/Documents"}""" },

        new("Set a timer for 10 minutes", "start_timer") { Arguments = """{"duration_seconds":600}""" },
        new("Start a 90 second timer called \"eggs\"", "start_timer") { Arguments = """{"duration_seconds":90,"label":"eggs"}""" },

        new("What's the median and standard deviation of 4, 8, 15, 16, 23 and 42?", "calculate_statistics")
        {
            Arguments = """{"values":[4,8,15,16,23,42],"measures":["median","standard_deviation"]}""",
        },

        new("What's the weather in Oslo, and what is 100 EUR in NOK?", "get_current_weather", "convert_currency") { Arguments = """{"location":"Oslo"}""" },
        new("Set a timer for 5 minutes and remind me to check the oven at 7pm", "start_timer", "set_reminder") { Arguments = """{"duration_seconds":300}""" },

        new("Hello there"),
        new("What can you do?"),
        new("Tell me a joke"),
        new("Who wrote Pride and Prejudice?"),
        new("Explain how photosynthesis works"),
        new("Thanks, that was helpful!"),
        new("Write a haiku about autumn"),
        new("Why do cats purr?"),
        new("What is the capital of Australia?"),
        new("Summarize the plot of Hamlet in two sentences"),
        new("How do airplanes stay in the air?"),
        new("What's the difference between a stock and a bond?"),
        new("Write a Python function that reverses a string"),
        new("Who invented email?"),
        new("Give me some advice on how to sleep better"),
    ];
}
