import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Appointment } from "./Appointment.jsx";

createRoot(document.getElementById("app")).render(
  <StrictMode>
    <Appointment />
  </StrictMode>,
);
