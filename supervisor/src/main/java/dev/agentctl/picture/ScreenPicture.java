package dev.agentctl.picture;

import dev.agentctl.terminal.Screen;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/// A screen as a PNG file, as a terminal would show it. Any thread may call.
public final class ScreenPicture {
    private ScreenPicture() {}

    /// Draws the screen: colours, attributes, wide characters, the cursor.
    ///
    /// @throws PictureException where this machine cannot, in one line that says what is missing
    public static byte[] png(Screen screen) throws PictureException {
        Fonts fonts = Fonts.find();
        try {
            BufferedImage image = new Drawing(screen, fonts).image();
            ByteArrayOutputStream out = new ByteArrayOutputStream(64 << 10);
            // the default is a file in the temporary folder between the two
            ImageIO.setUseCache(false);
            if (!ImageIO.write(image, "png", out)) {
                throw new PictureException("this Java cannot write PNG files; install a complete JDK");
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("a PNG was not written into memory", e);
        } catch (LinkageError | InternalError e) {
            throw new PictureException("this Java cannot draw: " + e.getMessage(), e);
        }
    }
}
