namespace Omega.Gpt.Tests.Providers.Offline.Acceptance;

/// <summary>Eight definitions for the second held-out set.</summary>
internal static class HouseholdFunctions
{
    public const string Json = """
        {"tools": [
          {"name": "set_light", "description": "Switch a light on or off, or dim it",
            "parameters": {"type": "object", "properties": {
              "room": {"type": "string", "enum": ["kitchen", "bedroom", "living_room", "bathroom", "hall"]},
              "on": {"type": "boolean"},
              "brightness": {"type": "integer", "minimum": 0, "maximum": 100, "description": "Percent"}},
              "required": ["room"]}},
          {"name": "play_music", "description": "Play a song, an album, an artist or a genre",
            "parameters": {"type": "object", "properties": {
              "title": {"type": "string", "description": "Name of the song or album"},
              "artist": {"type": "string"},
              "genre": {"type": "string", "enum": ["jazz", "rock", "classical", "pop", "electronic"]}}}},
          {"name": "order_taxi", "description": "Order a taxi",
            "parameters": {"type": "object", "properties": {
              "pickup": {"type": "string", "description": "Address to be picked up from"},
              "destination": {"type": "string", "description": "Address to go to"},
              "passengers": {"type": "integer", "minimum": 1}},
              "required": ["pickup"]}},
          {"name": "transfer_money", "description": "Send money from the user's bank account to a person",
            "parameters": {"type": "object", "properties": {
              "recipient": {"type": "string", "description": "Full name of the person who gets the money"},
              "amount": {"type": "number", "exclusiveMinimum": 0},
              "currency": {"type": "string", "enum": ["EUR", "USD", "GBP"]},
              "reference": {"type": "string", "description": "What the payment is for"}},
              "required": ["recipient", "amount", "currency"]}},
          {"name": "add_to_list", "description": "Add items to the shopping list",
            "parameters": {"type": "object", "properties": {
              "items": {"type": "array", "items": {"type": "string"}, "minItems": 1}},
              "required": ["items"]}},
          {"name": "get_news", "description": "Fetch today's news headlines on a topic",
            "parameters": {"type": "object", "properties": {
              "topic": {"type": "string", "description": "Subject of the news"},
              "count": {"type": "integer", "minimum": 1, "maximum": 20, "default": 5}},
              "required": ["topic"]}},
          {"name": "set_thermostat", "description": "Set the target temperature of the heating",
            "parameters": {"type": "object", "properties": {
              "temperature": {"type": "number", "minimum": 5, "maximum": 30, "description": "Degrees Celsius"},
              "room": {"type": "string"}},
              "required": ["temperature"]}},
          {"name": "reserve_table", "description": "Reserve a table at a restaurant",
            "parameters": {"type": "object", "properties": {
              "restaurant": {"type": "string", "description": "Name of the restaurant"},
              "date": {"type": "string", "format": "date"},
              "time": {"type": "string", "pattern": "^\\d{2}:\\d{2}$"},
              "party_size": {"type": "integer", "minimum": 1, "maximum": 20, "description": "Number of people"}},
              "required": ["restaurant", "date", "time", "party_size"]}}
        ]}
        """;
}
