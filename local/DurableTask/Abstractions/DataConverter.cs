using System.Text.Json;

namespace Microsoft.DurableTask
{
    /// <summary>Turns inputs, results and payloads into text and back.</summary>
    public abstract class DataConverter
    {
        /// <summary>The text of a value; <see langword="null"/> for <see langword="null"/>.</summary>
        public abstract string? Serialize(object? value);

        /// <summary>Reads a value of a type; <see langword="null"/> for no text.</summary>
        public abstract object? Deserialize(string? data, Type targetType);

        /// <summary>Reads a value of a type; the type's default for no text.</summary>
        public virtual T? Deserialize<T>(string? data) => Deserialize(data, typeof(T)) is T value ? value : default;
    }
}

namespace Microsoft.DurableTask.Converters
{
    /// <summary>Converts to JSON by System.Text.Json.</summary>
    public class JsonDataConverter : DataConverter
    {
        private static readonly JsonSerializerOptions DefaultOptions = new() { IncludeFields = true };
        private readonly JsonSerializerOptions _options;

        /// <summary>Makes a converter; without options, fields are included and nothing else differs from the serializer's defaults.</summary>
        public JsonDataConverter(JsonSerializerOptions? options = null) => _options = options ?? DefaultOptions;

        /// <summary>The converter with default options.</summary>
        public static JsonDataConverter Default { get; } = new();

        /// <inheritdoc/>
        public override string? Serialize(object? value) => value is null ? null : JsonSerializer.Serialize(value, value.GetType(), _options);

        /// <inheritdoc/>
        public override object? Deserialize(string? data, Type targetType) =>
            data is null ? null : JsonSerializer.Deserialize(data, targetType, _options);
    }
}
