namespace Omega.Gpt.Tests.Providers.Offline.Acceptance;

/// <summary>Fifteen definitions as people write them for chat models, in the mixture of styles that one meets.</summary>
internal static class EverydayFunctions
{
    public const string Json = """
        [
          {"type": "function", "function": {
            "name": "get_current_weather",
            "description": "Get the current weather in a given location",
            "parameters": {"type": "object", "properties": {
              "location": {"type": "string", "description": "The city and state, e.g. San Francisco, CA"},
              "unit": {"type": "string", "enum": ["celsius", "fahrenheit"]}},
              "required": ["location"]}}},
          {"type": "function", "function": {
            "name": "create_calendar_event",
            "description": "Creates an event in the user's calendar.",
            "parameters": {"type": "object", "properties": {
              "title": {"type": "string", "description": "Title of the event"},
              "date": {"type": "string", "format": "date", "description": "Day of the event (YYYY-MM-DD)"},
              "start_time": {"type": "string", "pattern": "^\\d{2}:\\d{2}$", "description": "Start time, 24 hour clock"},
              "duration_minutes": {"type": "integer", "minimum": 5, "maximum": 1440, "default": 60},
              "attendees": {"type": "array", "items": {"type": "string", "format": "email"}, "description": "E-mail addresses of the people to invite"}},
              "required": ["title", "date"], "additionalProperties": false}}},
          {"type": "function", "function": {
            "name": "send_email",
            "description": "Send an email message to a recipient",
            "parameters": {"type": "object", "properties": {
              "to": {"type": "string", "format": "email", "description": "Recipient's email address"},
              "subject": {"type": "string", "description": "Subject line"},
              "body": {"type": "string", "description": "Text of the message"},
              "priority": {"type": "string", "enum": ["low", "normal", "high"], "default": "normal"}},
              "required": ["to", "subject", "body"]}}},
          {"name": "convert_currency",
            "description": "Converts an amount of money from one currency to another at today's exchange rate",
            "parameters": {"type": "object", "properties": {
              "amount": {"type": "number", "exclusiveMinimum": 0, "description": "How much money to convert"},
              "from_currency": {"type": "string", "pattern": "^[A-Z]{3}$", "description": "ISO 4217 code of the currency to convert from, e.g. USD"},
              "to_currency": {"type": "string", "pattern": "^[A-Z]{3}$", "description": "ISO 4217 code of the currency to convert to, e.g. EUR"}},
              "required": ["amount", "from_currency", "to_currency"]}},
          {"name": "get_stock_price",
            "description": "Retrieve the latest price quote for a stock by its ticker symbol",
            "parameters": {"type": "object", "properties": {
              "symbol": {"type": "string", "description": "Ticker symbol, such as IBM"},
              "exchange": {"type": "string", "enum": ["NYSE", "NASDAQ", "LSE", "XETRA"]}},
              "required": ["symbol"]}},
          {"type": "function",
            "name": "convertUnits",
            "description": "Convert a measurement (length, weight, temperature, volume) between units",
            "parameters": {"type": "object", "properties": {
              "value": {"type": "number", "description": "The quantity to convert"},
              "fromUnit": {"type": "string", "description": "Unit of the given value, for example miles, kg or celsius"},
              "toUnit": {"type": "string", "description": "Unit wanted"}},
              "required": ["value", "fromUnit", "toUnit"]}},
          {"name": "translate_text",
            "description": "Translates text into another language.",
            "parameters": {"type": "object", "properties": {
              "text": {"type": "string", "description": "The text to translate"},
              "target_language": {"type": "string", "description": "Language to translate into, e.g. French"},
              "source_language": {"type": "string", "description": "Language of the text; detected when left out"}},
              "required": ["text", "target_language"]}},
          {"name": "set_reminder",
            "description": "Remind the user of something at a given time",
            "parameters": {"type": "object", "properties": {
              "text": {"type": "string", "description": "What to be reminded of"},
              "time": {"type": "string", "description": "When to remind, in the user's words (e.g. tomorrow at 9am)"}},
              "required": ["text", "time"]}},
          {"name": "search_flights",
            "description": "Search for available flights between two cities",
            "parameters": {"type": "object", "properties": {
              "origin": {"type": "string", "description": "City or airport of departure"},
              "destination": {"type": "string", "description": "City or airport of arrival"},
              "departure_date": {"type": "string", "format": "date"},
              "return_date": {"type": "string", "format": "date", "description": "Only for round trips"},
              "passengers": {"type": "integer", "minimum": 1, "maximum": 9, "default": 1},
              "cabin_class": {"type": "string", "enum": ["economy", "premium_economy", "business", "first"]}},
              "required": ["origin", "destination", "departure_date"]}},
          {"name": "find_hotels",
            "description": "Find hotels with free rooms in a city for given dates",
            "input_schema": {"type": "object", "properties": {
              "city": {"type": "string"},
              "check_in": {"type": "string", "format": "date"},
              "check_out": {"type": "string", "format": "date"},
              "guests": {"type": "integer", "minimum": 1, "maximum": 10},
              "max_price": {"type": "number", "description": "Highest price per night in US dollars"},
              "stars": {"type": "integer", "minimum": 1, "maximum": 5}},
              "required": ["city", "check_in", "check_out"]}},
          {"name": "search_recipes",
            "description": "Look for recipes that use the given ingredients",
            "parameters": {"type": "object", "properties": {
              "ingredients": {"type": "array", "items": {"type": "string"}, "minItems": 1, "description": "Ingredients to cook with"},
              "cuisine": {"type": "string", "enum": ["italian", "thai", "mexican", "indian", "french", "japanese"]},
              "vegetarian": {"type": "boolean", "default": false},
              "max_minutes": {"type": "integer", "minimum": 1, "description": "Longest preparation time in minutes"}},
              "required": ["ingredients"]}},
          {"name": "track_order",
            "description": "Get the status and delivery date of a customer's order",
            "parameters": {"type": "object", "properties": {
              "order_id": {"type": "string", "pattern": "^ORD-[0-9]{5}$", "description": "Order number, like ORD-12345"}},
              "required": ["order_id"]}},
          {"name": "search_files",
            "description": "Search files on disk by name pattern, folder and date",
            "parameters": {"type": "object", "properties": {
              "pattern": {"type": "string", "description": "File name pattern, such as *.txt"},
              "directory": {"type": "string", "description": "Path of the folder to search"},
              "modified_after": {"type": "string", "format": "date"}},
              "required": ["directory"]}},
          {"name": "start_timer",
            "description": "Start a countdown timer",
            "parameters": {"type": "object", "properties": {
              "duration_seconds": {"type": "integer", "minimum": 1, "maximum": 86400},
              "label": {"type": "string", "description": "Name of the timer"}},
              "required": ["duration_seconds"]}},
          {"name": "calculate_statistics",
            "description": "Compute descriptive statistics of a list of numbers",
            "parameters": {"type": "object", "properties": {
              "values": {"type": "array", "items": {"type": "number"}, "minItems": 1},
              "measures": {"type": "array", "items": {"type": "string", "enum": ["mean", "median", "mode", "standard_deviation", "variance", "range"]}, "uniqueItems": true}},
              "required": ["values"]}}
        ]
        """;
}
